using System.Text;

namespace OpenAICassette.Tests;

/// <summary>The options --baseline and --update-baseline of verify and scrub.</summary>
public sealed class BaselineCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verify_fails_for_what_is_new_counts_what_is_known_and_says_what_is_gone()
    {
        _folder.AddCapitals("a.json");
        var update = Verify("--update-baseline");
        Assert.Equal((0, 2), (update.Code, update.Lines.Count));
        update.AssertProblems(0, "b.json: 2 new, 0 known, 0 gone");

        var known = Verify("--fail-on", "information");
        Assert.Equal(string.Empty, known.Output);
        known.AssertProblems(0, "b.json: 0 new, 2 known, 0 gone");

        _folder.Add("b/c.json", "{"u8);
        File.Delete(_folder["a.json"]);
        var changed = CassetteProcess.RunIn(
            _folder.FullName,
            "verify",
            "b/c.json",
            "--baseline",
            "b.json",
            "--report",
            "github"
        );
        Assert.Single(changed.Lines);
        changed.AssertProblems(
            1,
            "b.json: gone: a.json: NameNotKey",
            "b.json: gone: a.json: NotCanonical",
            "b.json: 1 new, 0 known, 2 gone; --update-baseline removes them"
        );
    }

    [Fact]
    public void Verify_reports_only_the_ids_and_audiences_that_were_asked_for()
    {
        _folder.AddCapitals("a.json");
        _folder.Add("b.json", "{"u8);
        string[] Ids(params string[] options) =>
            [
                .. CassetteProcess
                    .RunIn(_folder.FullName, ["verify", "a.json", "b.json", .. options])
                    .Lines.Select(line => line.Split(' ')[2].TrimEnd(':')),
            ];
        Assert.Equal(["NameNotKey"], Ids("--id", "Name*"));
        Assert.Equal(["NotCanonical", "Unreadable"], Ids("--exclude-id", "NameNotKey"));
        Assert.Equal(["Unreadable"], Ids("--audience", "replay,repository"));
        Assert.Equal(["NameNotKey", "NotCanonical", "Unreadable"], Ids("--audience", "recorder"));
    }

    [Fact]
    public void Scrub_knows_a_secret_again_where_a_message_was_inserted_and_never_writes_it()
    {
        var (known, other) = (PlantedKey.Of("openai-api-key"), PlantedKey.Of("openai-api-key"));
        Add($"my key is {known}");
        Scrub("--update-baseline").AssertProblems(0, "b.json: 1 new, 0 known, 0 gone");
        Assert.DoesNotContain(known, File.ReadAllText(_folder["b.json"]), StringComparison.Ordinal);
        Assert.Contains(
            "/request/body/messages/*/content",
            File.ReadAllText(_folder["b.json"]),
            StringComparison.Ordinal
        );

        Add("hello", $"my key is {known}");
        Scrub().AssertProblems(0, "b.json: 0 new, 1 known, 0 gone");
        Add($"my key is {other}");
        var changed = Scrub();
        Assert.Single(changed.Lines);
        Assert.Equal(1, changed.Code);
        Assert.EndsWith(
            "1 new, 0 known, 1 gone; --update-baseline removes them",
            changed.Problems[^1],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("verify a.json --update-baseline", "--update-baseline requires --baseline FILE")]
    [InlineData("scrub a.json --write --baseline b.json", "--baseline requires --check")]
    [InlineData("verify a.json --audience me", "--audience takes replay, recorder, repository; got 'me'")]
    public void Options_that_cannot_be_used_so_are_refused(string command, string problem) =>
        CassetteProcess.RunIn(_folder.FullName, command.Split(' ')).AssertProblems(2, problem, "see 'cassette --help'");

    [Fact]
    public void A_baseline_that_is_missing_is_a_problem() =>
        Verify().AssertProblems(1, "b.json: no such baseline. Update the baseline to create it");

    private CassetteProcess Verify(params string[] options) =>
        CassetteProcess.RunIn(_folder.FullName, ["verify", "a.json", "--baseline", "b.json", .. options]);

    private CassetteProcess Scrub(params string[] options) =>
        CassetteProcess.RunIn(_folder.FullName, ["scrub", "a.json", "--check", "--baseline", "b.json", .. options]);

    private void Add(params string[] messages)
    {
        var content = string.Join(',', messages.Select(message => $$"""{"content":"{{message}}"}"""));
        var text = $$$"""{"request":{"url":"x","body":{"messages":[{{{content}}}]}},"response":{"body":1}}""";
        _folder.Add("a.json", Encoding.UTF8.GetBytes(text));
    }
}
