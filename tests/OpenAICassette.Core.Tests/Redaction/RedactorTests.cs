using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

public class RedactorTests
{
    [Fact]
    public void A_finding_has_its_line_and_column()
    {
        var text = $"é: 1\n  😀 {PlantedKey.Of("groq-api-key")}\n";
        var cassette = CassetteStore.OpenText(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "built.txt");
        var finding = Assert.Single(new Redactor().Find(cassette));
        Assert.Equal((2, 6), (finding.Line, finding.Column));
        Assert.Equal("built.txt: line 2, column 6: groq-api-key", finding.ToString());
    }

    [Fact]
    public void A_value_has_one_placeholder_wherever_it_stands_and_another_value_another()
    {
        var (one, other) = (PlantedKey.Of("openai-api-key"), PlantedKey.Of("openai-api-key"));
        var redactor = new Redactor();
        var first = redactor.Redact(Text($"{one} {other} {one}"));
        var second = redactor.Redact(Text($"{other}"));
        Assert.Equal(
            ["REDACTED_OPENAI_API_KEY_1", "REDACTED_OPENAI_API_KEY_2", "REDACTED_OPENAI_API_KEY_1"],
            first.Findings.Select(finding => finding.Placeholder)
        );
        Assert.Equal("REDACTED_OPENAI_API_KEY_2", Assert.Single(second.Findings).Placeholder);
    }

    [Fact]
    public void A_placeholder_that_the_document_already_holds_is_not_given_again()
    {
        var result = new Redactor().Redact(Text($"REDACTED_OPENAI_API_KEY_1 {PlantedKey.Of("openai-api-key")}"));
        Assert.Equal("REDACTED_OPENAI_API_KEY_2", Assert.Single(result.Findings).Placeholder);
    }

    [Fact]
    public void A_key_that_was_written_with_escapes_is_replaced_with_all_its_bytes()
    {
        var key = PlantedKey.Of("groq-api-key");
        var escaped = string.Concat(
            key.Select((unit, index) => index % 3 == 0 ? $"\\u{(int)unit:X4}" : unit.ToString())
        );
        var clean = new Redactor().Redact(
            BuiltCassette.Open($$$"""{"request":{"url":"x"},"response":{"body":"\ud83d\n{{{escaped}}}\t\u0041"}}""")
        );
        Assert.Equal(
            """{"request":{"url":"x"},"response":{"body":"\ud83d\nREDACTED_GROQ_API_KEY_1\t\u0041"}}""",
            Encoding.UTF8.GetString(clean.Cassette.Read().Span)
        );
    }

    [Fact]
    public void A_byte_order_mark_and_line_ends_stay_as_they_were()
    {
        var key = PlantedKey.Of("xai-api-key");
        byte[] With(string text) =>
            [
                0xEF,
                0xBB,
                0xBF,
                .. Encoding.UTF8.GetBytes(
                    $$$"""{"request":{{{"\r\n"}}}{"url":"x"},"response":{"body":"{{{text}}}"}}""" + "\r\n"
                ),
            ];
        var clean = new Redactor().Redact(BuiltCassette.Open(With(key))).Cassette.Read().ToArray();
        Assert.Equal(With("REDACTED_XAI_API_KEY_1"), clean);
    }

    [Fact]
    public void The_names_and_ids_of_tools_and_answers_are_left_alone()
    {
        var call = new
        {
            id = $"call_{PlantedKey.Word(24)}",
            type = "function",
            function = new { name = "sk_live_lookup", arguments = "{}" },
        };
        var body = new
        {
            id = $"chatcmpl-{PlantedKey.Word(29)}",
            system_fingerprint = $"fp_{PlantedKey.Word(10)}",
            choices = new[] { new { message = new { tool_calls = new[] { call } } } },
        };
        var cassette = BuiltCassette.Of(new { body });
        var result = new Redactor().Redact(cassette);
        Assert.Empty(result.Findings);
        Assert.Same(cassette, result.Cassette);
    }

    [Fact]
    public void The_clean_cassette_reads_as_before_but_for_the_secret()
    {
        var key = PlantedKey.Of("github-token");
        using var folder = new TempFolder();
        var example = JsonNode.Parse(File.ReadAllBytes(Repository.Capitals))!.AsObject();
        example["request"]!["headers"]!["x-note"] = key;
        var cassette = CassetteStore.Open(folder.Add("a.json", Encoding.UTF8.GetBytes(example.ToJsonString())));
        var result = new Redactor().Redact(cassette);
        Assert.Equal(CassetteView.Of(cassette), CassetteView.Of(result.Cassette));
        Assert.Equal(
            (null, cassette.Path, "a.json", false),
            (result.Cassette.Path, result.Cassette.SourcePath, result.Cassette.Name, result.Cassette.Saved)
        );
        Assert.Equal(cassette.Path, Assert.Single(result.Findings).Path);
        Assert.Contains(key, File.ReadAllText(cassette.Path!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pointer_escapes_what_pointers_escape()
    {
        var body = new JsonObject { ["a/b~c"] = new JsonArray(1, PlantedKey.Of("npm-token")) };
        Assert.Equal(
            "/response/body/a~1b~0c/1",
            Assert.Single(new Redactor().Redact(BuiltCassette.Of(new { body })).Findings).Pointer
        );
    }

    [Fact]
    public void A_redaction_that_is_cancelled_stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new Redactor().Redact(Text("hi"), new CancellationToken(canceled: true))
        );

    [Fact]
    public void The_public_recordings_hold_no_secret_and_stay_as_they_are() =>
        Corpus.All(
            (cassette, _) =>
            {
                var result = new Redactor().Redact(cassette);
                Assert.Empty(result.Findings);
                Assert.Same(cassette, result.Cassette);
                Assert.Equal(File.ReadAllBytes(cassette.Path!), result.Cassette.Read().ToArray());
            }
        );

    private static Cassette Text(string text) =>
        BuiltCassette.Open(
            JsonSerializer.Serialize(new { request = new { url = "x" }, response = new { body = text } })
        );
}
