using System.Text.Json;
using OpenAICassette.Cli;

namespace OpenAICassette.Tests;

public sealed class ListCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_list_has_a_header_and_a_line_for_each_interaction()
    {
        var run = CassetteProcess.Run("list", Repository.Capitals);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            [
                "NAME           MODEL   ENDPOINT              CHUNKS  SAID",
                "capitals.json  gpt-4o  /v1/chat/completions      28  THE TEAMS PLAYING IN THE IMAGE ARE THE CLEVELAND CAVALIERS …",
            ],
            run.Lines
        );
    }

    [Fact]
    public void On_a_terminal_a_line_fits_and_a_long_name_keeps_its_end()
    {
        var hash = new string('a', 30) + new string('b', 34) + ".json";
        var model = "organization/a-model-with-a-long-name";
        var said = new string('s', 9);
        var row = Assert.Single(Rows(80, [hash, model, "/v1/chat/completions", "28", said]));
        Assert.StartsWith("aaaaaaaaa…bbbbb.json  ", row, StringComparison.Ordinal);
        Assert.EndsWith("/v1/chat/completions      28  sssssssss", row, StringComparison.Ordinal);
        Assert.InRange(row.Length, 1, 80);
        var wide = Assert.Single(Rows(200, [hash, model, "/v1/chat/completions", "28", said]));
        Assert.Contains("organizatio…-a-long-name", wide, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_pipe_names_are_whole_and_the_longest_decides_how_wide_a_column_is()
    {
        Assert.Equal(
            [
                "NAME       M    E  N  SAID",
                "東京.json  gp      1  a",
                "a          gpt     1",
                "abcdefgh   -    e  1  b",
            ],
            Rows(
                null,
                ["NAME", "M", "E", "N", "SAID"],
                ["東京.json", "gp", "", "1", "a"],
                ["a", "gpt", "", "1", ""],
                ["abcdefgh", "-", "e", "1", "b"]
            )
        );
    }

    [Fact]
    public void In_a_pipe_the_first_rows_come_before_the_end_of_a_large_folder()
    {
        var lines = new List<string>();
        using var columns = new ListColumns(width: null, lines.Add);
        var added = 0;
        for (; lines.Count == 0 && added < 10_000; added++)
        {
            columns.Add("a", "m", "e", "1", "s");
        }

        Assert.Equal(500, added);
        columns.Add("long name", "m", "e", "1", "s");
        columns.Add("a", "m", "e", "1", "s");
        Assert.Equal(502, lines.Count);
        Assert.Equal(["a  m  e  1  s", "long name  m  e  1  s", "a          m  e  1  s"], lines[^3..]);
    }

    [Fact]
    public void Files_are_read_in_the_format_that_is_asked_for()
    {
        _folder.Add("a.json", """{"log":{"entries":[]}}"""u8);
        var run = CassetteProcess.RunIn(_folder.FullName, "list", "a.json", "--format", "HAR");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Contains("no interactions", run.Output, StringComparison.Ordinal);

        run = CassetteProcess.RunIn(_folder.FullName, "list", "a.json", "--format", "test-proxy");
        Assert.Equal(1, run.Code);
        Assert.Contains("a.json", run.Error, StringComparison.Ordinal);

        run = CassetteProcess.RunIn(_folder.FullName, "list", "a.json", "--format", "vcr");
        Assert.Equal(2, run.Code);
        Assert.Contains("--format takes llama-stack, har, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void As_JSON_every_interaction_is_one_line_with_every_member()
    {
        var run = CassetteProcess.RunIn(Path.GetDirectoryName(Repository.Capitals)!, "list", "capitals.json", "--json");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        using var line = JsonDocument.Parse(Assert.Single(run.Lines));
        Assert.Equal(
            [
                "path",
                "index",
                "format",
                "method",
                "url",
                "endpoint",
                "model",
                "streaming",
                "events",
                "chunks",
                "testId",
                "api",
                "status",
                "reconstructed",
            ],
            line.RootElement.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(
            "capitals.json|0|LlamaStack|POST|https://api.openai.com/v1/v1/chat/completions|/v1/chat/completions"
                + "|gpt-4o|True|28|28||openai-chat||False",
            string.Join('|', line.RootElement.EnumerateObject().Select(member => member.Value.ToString()))
        );
    }

    [Fact]
    public void Facts_are_the_members_of_the_line()
    {
        var run = CassetteProcess.RunIn(
            Path.GetDirectoryName(Repository.Capitals)!,
            "list",
            "capitals.json",
            "--json",
            "--facts"
        );
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        using var line = JsonDocument.Parse(Assert.Single(run.Lines));
        var facts = line.RootElement;
        Assert.Equal(
            "openai-chat|api.openai.com|gpt-4o-2024-08-06",
            $"{facts.GetProperty("api")}|{facts.GetProperty("host")}|{facts.GetProperty("answered_model")}"
        );
        Assert.Equal("""["stop"]""", facts.GetProperty("finish_reasons").GetRawText());
        Assert.Equal(JsonValueKind.Null, facts.GetProperty("started_at").ValueKind);
        Assert.Equal(4, facts.GetProperty("message_count").GetInt32());
        Assert.Equal(32, facts.GetProperty("request_hash").GetString()!.Length);
    }

    [Fact]
    public void A_price_file_gives_the_cost_and_one_that_is_not_valid_is_a_problem()
    {
        var cassette = _folder.Add(
            "a.json",
            """
            {"request":{"method":"POST","url":"http://localhost/v1/chat/completions","endpoint":"/v1/chat/completions",
            "body":{"model":"m-1","messages":[]}},"response":{"is_streaming":false,
            "body":{"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2}}}}
            """u8
        );
        var prices = _folder.Add("prices.json", """{"m-*":{"prompt":1000000,"completion":500000}}"""u8);
        using var line = JsonDocument.Parse(
            CassetteProcess.Run("list", "--json", "--facts", "--price", prices, cassette).Output
        );
        Assert.Equal(5, line.RootElement.GetProperty("cost").GetDouble());

        var broken = _folder.Add("broken.json", "[]"u8);
        CassetteProcess
            .Run("list", "--json", "--facts", "--price", broken, cassette)
            .AssertProblems(1, $"{broken}: expected an object with a price for each model");
    }

    [Fact]
    public void Folders_are_searched_and_paths_with_spaces_brackets_and_letters_are_shown_as_given()
    {
        _folder.AddCapitals("with space/[x]*é😀.json");
        _folder.AddCapitals("b.txt");
        _folder.Add("notes.md", "# notes"u8);
        var run = CassetteProcess.RunIn(_folder.FullName, "list", ".", "with space", "--json");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(["./b.txt", "./with space/[x]*é😀.json", "with space/[x]*é😀.json"], run.Lines.Select(PathOf));
    }

    [Fact]
    public void A_file_that_fails_is_told_and_the_others_go_on()
    {
        var broken = _folder.Add("a.json", "{"u8);
        var missing = _folder["missing.json"];
        var run = CassetteProcess.Run("list", "--json", missing, broken, Repository.Capitals);
        run.AssertProblems(
            1,
            $"{missing}: no such file",
            $"{broken}: not JSON at line 1, column 2 (byte offset 1): the text ends too soon"
        );
        Assert.Equal(Repository.Capitals, PathOf(Assert.Single(run.Lines)));
    }

    [Fact]
    public void A_folder_without_cassettes_is_a_problem()
    {
        _folder.Add("notes.md", "# notes"u8);
        CassetteProcess
            .Run("list", "--json", _folder.FullName)
            .AssertProblems(1, $"{_folder.FullName}: no cassette in this folder");
    }

    [Fact]
    public void Standard_input_is_read_where_its_sign_stands()
    {
        var run = CassetteProcess.RunWith(File.ReadAllBytes(Repository.Capitals), "list", "--json", "-");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal("-", PathOf(Assert.Single(run.Lines)));
        CassetteProcess
            .RunWith([], "list", "--json", "-")
            .AssertProblems(1, "<stdin>: the file is empty; expected a JSON object");
    }

    [Fact]
    public void The_whole_corpus_is_listed()
    {
        var run = CassetteProcess.Run("list", "--json", SharedData.Recordings);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(SharedData.Files, run.Lines.Select(PathOf));
    }

    private static List<string> Rows(int? width, params string[][] rows)
    {
        var lines = new List<string>();
        using (var columns = new ListColumns(width, lines.Add))
        {
            foreach (var row in rows)
            {
                columns.Add(row);
            }
        }

        return lines;
    }

    private static string PathOf(string line)
    {
        using var parsed = JsonDocument.Parse(line);
        return parsed.RootElement.GetProperty("path").GetString()!;
    }
}
