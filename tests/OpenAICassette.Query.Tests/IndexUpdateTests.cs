using OpenAICassette.Query.Index;

namespace OpenAICassette.Query.Tests;

public sealed class IndexUpdateTests : IDisposable
{
    private const string Names = "SELECT parse_filename(path) FROM interactions ORDER BY ALL";
    private static readonly DateTime s_old = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private readonly SampleCorpus _corpus = new();
    private readonly BuiltIndex _index = new();

    public IndexUpdateTests()
    {
        foreach (var file in Directory.GetFiles(_corpus.Folder))
        {
            File.SetLastWriteTimeUtc(file, s_old);
        }
    }

    public void Dispose()
    {
        _corpus.Dispose();
        _index.Dispose();
    }

    [Fact]
    public void A_second_update_reads_no_file_and_writes_none()
    {
        var first = _index.Update([_corpus.Folder]);
        var written = Stamps();
        var second = _index.Update([_corpus.Folder]);

        Assert.Equal((11, 11, 0), (first.Files, first.Read, first.Unchanged));
        Assert.Equal((11, 0, 11), (second.Files, second.Read, second.Unchanged));
        Assert.Equal(first.Interactions, second.Interactions);
        Assert.Equal(written, Stamps());
    }

    [Fact]
    public void A_message_of_a_session_has_one_row_at_the_first_call_that_knew_it()
    {
        const string session = """
            {"sessionId":"g-1","projectHash":"ab12","startTime":"2026-03-04T05:00:00.000Z","kind":"main"}
            {"id":"u1","timestamp":"2026-03-04T05:00:01.000Z","type":"user","content":"One"}
            {"id":"a1","timestamp":"2026-03-04T05:00:02.000Z","type":"gemini","content":"First","model":"m"}
            {"id":"u2","timestamp":"2026-03-04T05:00:03.000Z","type":"user","content":"Two"}
            {"id":"a2","timestamp":"2026-03-04T05:00:04.000Z","type":"gemini","content":"Second","model":"m"}

            """;
        _corpus.Add("session.jsonl", session);
        _index.Update([_corpus.Folder], new IndexContent { Text = true });
        Assert.Equal(
            ["0 0 One", "0 1 First", "1 2 Two", "1 3 Second"],
            _index.Ask(
                "SELECT concat_ws(' ', index, position, text) FROM messages "
                    + "WHERE parse_filename(path) = 'session.jsonl' ORDER BY index, position"
            )
        );
    }

    [Fact]
    public void New_changed_and_removed_files_are_taken_in_and_the_others_stay()
    {
        _index.Update([_corpus.Folder]);
        _corpus.AddAnswer("new.json", "Rome", "stop");
        _corpus.AddAnswer("paris.json", "Rome", "stop");
        File.Delete(Path.Join(_corpus.Folder, "again.json"));
        var update = _index.Update([_corpus.Folder]);

        Assert.Equal((2, 9, 1), (update.Read, update.Unchanged, update.Removed));
        Assert.DoesNotContain("again.json", _index.Ask(Names));
        Assert.Equal(
            ["2"],
            _index.Ask("SELECT count(*) FROM interactions WHERE parse_filename(path) IN ('new.json', 'paris.json')")
        );
        Assert.Equal(
            ["0"],
            _index.Ask("SELECT count(*) FROM interactions WHERE list_contains(finish_reasons, 'length')")
        );
        Assert.Equal(_index.Ask(Names).Distinct(), _index.Ask(Names));
        Assert.Empty(_index.Notes);
    }

    [Fact]
    public void A_file_that_was_only_touched_keeps_its_rows_and_is_known_by_its_new_time()
    {
        _index.Update([_corpus.Folder]);
        var path = Path.Join(_corpus.Folder, "paris.json");
        File.SetLastWriteTimeUtc(path, s_old.AddDays(1));
        var before = Stamps();

        Assert.Contains("paris.json", _index.Ask(Names));
        Assert.Equal((1, 10), Counts(_index.Update([_corpus.Folder])));
        Assert.Equal((0, 11), Counts(_index.Update([_corpus.Folder])));
        Assert.Equal(["files"], Stamps().Except(before).Select(stamp => stamp.Split('/')[0]));
    }

    [Fact]
    public void A_file_that_was_just_written_is_compared_even_if_its_size_and_time_are_the_same()
    {
        var path = _corpus.AddAnswer("fresh.json", "Paris", "stop");
        var written = File.GetLastWriteTimeUtc(path);
        _index.Update([_corpus.Folder]);
        _corpus.AddAnswer("fresh.json", "Milan", "stop");
        File.SetLastWriteTimeUtc(path, written);

        Assert.DoesNotContain("fresh.json", _index.Ask(Names));
        _index.Update([_corpus.Folder]);
        Assert.Contains("fresh.json", _index.Ask(Names));
    }

    [Fact]
    public void A_query_leaves_out_files_that_changed_or_are_gone_and_says_so()
    {
        _index.Update([_corpus.Folder]);
        _corpus.AddAnswer("paris.json", "Rome, as it happens", "stop");
        File.Delete(Path.Join(_corpus.Folder, "again.json"));

        var names = _index.Ask(Names);
        Assert.DoesNotContain("paris.json", names);
        Assert.DoesNotContain("again.json", names);
        Assert.Equal(8, names.Count);
        Assert.StartsWith("left out 2 of 10 files", Assert.Single(_index.Notes), StringComparison.Ordinal);
        Assert.Contains("paris.json", _index.Ask(Names, isChecked: false));
    }

    [Fact]
    public void An_index_whose_files_are_elsewhere_answers_as_it_is_and_says_so()
    {
        _index.Update([_corpus.Folder]);
        Directory.Delete(_corpus.Folder, recursive: true);
        Directory.CreateDirectory(_corpus.Folder);

        Assert.Equal(10, _index.Ask(Names).Count);
        Assert.StartsWith("none of the 10 files", Assert.Single(_index.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_elsewhere_stay_in_the_index()
    {
        using var other = new SampleCorpus();
        _index.Update([_corpus.Folder]);
        var update = _index.Update([Path.Join(other.Folder, "paris.json")]);

        Assert.Equal((1, 0, 0), (update.Read, update.Unchanged, update.Removed));
        Assert.Equal(11, _index.Ask(Names).Count);
    }

    [Fact]
    public void A_folder_that_is_not_searched_recursively_keeps_the_files_below_it()
    {
        _corpus.Add("below/more.json", File.ReadAllText(Path.Join(_corpus.Folder, "paris.json")));
        _index.Update([_corpus.Folder]);
        Assert.Equal(0, _index.Update([_corpus.Folder], isRecursive: false).Removed);
        Assert.Contains("more.json", _index.Ask(Names));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_reported_by_each_update_and_is_no_obstacle()
    {
        File.SetLastWriteTimeUtc(_corpus.Add("broken.json", """{"request":{"method":"POST","""), s_old);
        Assert.Equal(1, _index.Update([Path.Join(_corpus.Folder, "broken.json"), _corpus.Folder]).Failed);
        var again = _index.Update([Path.Join(_corpus.Folder, "broken.json"), _corpus.Folder]);

        Assert.Equal((0, 1), (again.Read, again.Failed));
        Assert.Equal(2, _index.Problems.Count);
        Assert.Single(_index.Problems.Distinct());
        Assert.Equal(["1"], _index.Ask("SELECT count(*) FROM files WHERE state = 'error' AND problem IS NOT NULL"));
    }

    [Fact]
    public void Other_options_read_every_file_again()
    {
        _index.Update([_corpus.Folder]);
        var error = Assert.Throws<QueryException>(() => _index.Ask("SELECT * FROM messages"));
        Assert.Equal("The index has no table messages. Update it with --text, or -Text in PowerShell.", error.Message);

        Assert.Equal((11, 0), Counts(_index.Update([_corpus.Folder], new IndexContent(Text: true))));
        Assert.Contains("other options", Assert.Single(_index.Notes), StringComparison.Ordinal);
        Assert.NotEmpty(_index.Ask("SELECT * FROM messages"));
        _index.Update([_corpus.Folder]);
        Assert.Throws<QueryException>(() => _index.Ask("SELECT * FROM messages"));
    }

    [Fact]
    public void A_damaged_index_is_made_anew()
    {
        _index.Update([_corpus.Folder]);
        File.WriteAllText(Directory.GetFiles(Path.Join(_index.Folder, "files")).Single(), "damaged");
        Assert.Throws<QueryException>(() => _index.Ask(Names));
        Assert.Equal((11, 0), Counts(_index.Update([_corpus.Folder])));
        Assert.Equal(10, _index.Ask(Names).Count);
    }

    [Fact]
    public void An_update_that_is_stopped_leaves_the_index_as_it_was()
    {
        _index.Update([_corpus.Folder]);
        var before = Stamps();
        _corpus.AddAnswer("new.json", "Rome", "stop");
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            IndexUpdate.Run([_corpus.Folder], new IndexOptions { Folder = _index.Folder }, stopped.Token)
        );
        Assert.Equal(before, Stamps());
    }

    [Fact]
    public void A_folder_without_an_index_is_an_error_that_says_how_to_make_one()
    {
        var error = Assert.Throws<QueryException>(() => _index.Ask(Names));
        Assert.StartsWith(
            $"{_index.Folder}: there is no index in this folder. Run",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Secrets_are_found_without_their_values()
    {
        var secret = PlantedKey.Of("openai-api-key");
        _corpus.AddAnswer("secret.json", $"Use {secret}", "stop");
        _index.Update([_corpus.Folder], new IndexContent(Findings: true));

        var findings = _index.Ask("SELECT * FROM findings WHERE kind = 'secret'");
        Assert.Contains("openai-api-key", Assert.Single(findings), StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(_index.Folder, "*", SearchOption.AllDirectories), file =>
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret[8..])))
        );
        Assert.DoesNotContain(secret[8..], string.Concat(findings), StringComparison.Ordinal);
    }

    private static (int Read, int Unchanged) Counts(IndexSummary summary) => (summary.Read, summary.Unchanged);

    private List<string> Stamps() =>
        [
            .. Directory
                .EnumerateFiles(_index.Folder, "*", SearchOption.AllDirectories)
                .Select(file =>
                    $"{Path.GetRelativePath(_index.Folder, file).Replace('\\', '/')} {File.GetLastWriteTimeUtc(file):O}"
                )
                .Order(StringComparer.Ordinal),
        ];
}
