using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Where findings about the exchanges of other recorders are.</summary>
public class FindingPlaceTests
{
    private const string Url = BuiltExchange.Chat;

    [Fact]
    public void In_JSON_pointer_line_and_offset_lead_to_the_exchange()
    {
        var document = BuiltExchange.Har(new BuiltExchange(), new BuiltExchange { Answer = "" });
        var finding = Assert.Single(Check(document));
        var offset = Encoding.UTF8.GetString(document).LastIndexOf("{\"request\"", StringComparison.Ordinal);
        Assert.Equal(("/log/entries/1", 1, 3, offset), (finding.Pointer, finding.Index, finding.Line, finding.Offset));
        Assert.Equal(
            "a: warning BodyMissing: interaction 1, line 3: the status is 200, but the body is empty",
            finding.ToString()
        );
    }

    [Theory]
    [InlineData(
        "interactions:\n- request: {method: POST, uri: 'U', body: '{}'}\n  response: {status: {code: 204}, body: {string: ''}}\n"
            + "# a note\n- request:\n    method: POST\n    uri: 'U'\n    body: |\n      - no item\n  response: {status: {code: 200}, body: {string: ''}}\nversion: 1\n",
        "/interactions/1",
        5
    )]
    [InlineData(
        "---\nhttp_interactions:\n  - request: {method: post, uri: U}\n    response: {status: {code: 200}, body: {string: ''}}\n",
        "/http_interactions/0",
        3
    )]
    [InlineData(
        "when:\n  path: /v1/chat/completions\n  method: POST\nthen:\n  status: 204\n---\nwhen:\n  path: /v1/chat/completions\n  method: POST\nthen:\n  status: 200\n",
        "",
        7
    )]
    public void In_YAML_they_lead_to_the_item_or_the_document(string yaml, string pointer, long line)
    {
        var document = Encoding.UTF8.GetBytes(yaml.Replace("U", Url, StringComparison.Ordinal));
        var finding = Assert.Single(Check(document));
        Assert.Equal((HealthId.BodyMissing, pointer, line), (finding.Id, finding.Pointer, finding.Line));
        Assert.Equal(line - 1, document.AsSpan(0, (int)finding.Offset!).Count((byte)'\n'));
    }

    [Fact]
    public void In_a_trace_the_offset_is_that_of_the_line_with_the_lengths()
    {
        var request = $"POST {Url} HTTP/1.1\r\n\r\n";
        var response = "HTTP/1.1 200 OK\r\n\r\n";
        var pair = FormattableString.Invariant($"{request.Length} {response.Length}\n{request}{response}");
        var finding = Check(Encoding.UTF8.GetBytes($"httprr trace v1\n{pair}{pair}"))[1];
        Assert.Equal((1, 16 + pair.Length), (finding.Index, finding.Offset));
    }

    [Fact]
    public void What_leads_nowhere_is_left_out()
    {
        // Flow style hides where an item begins.
        var yaml =
            $"interactions: [{{request: {{method: POST, uri: '{Url}'}}, response: {{status: {{code: 200}}}}}}]\n";
        var finding = Assert.Single(Check(Encoding.UTF8.GetBytes(yaml)));
        Assert.Equal((0, null, null), (finding.Index, finding.Line, finding.Offset));
        Assert.Equal(
            "a: warning BodyMissing: interaction 0: the status is 200, but the body is empty",
            finding.ToString()
        );
    }

    [Fact]
    public void Secrets_are_counted_by_their_rules_and_never_shown()
    {
        var key = PlantedKey.Of("openai-api-key");
        var finding = Assert.Single(
            Check(BuiltExchange.Har(new BuiltExchange { Asked = $$"""{"model":"m","a":"{{key}}"}""" }))
        );
        Assert.Equal(
            (HealthId.Secrets, HealthSeverity.Warning, "the file contains 1 secret: 1 openai-api-key"),
            (finding.Id, finding.Severity, finding.Message)
        );
        Assert.DoesNotContain(key, finding.ToString(), StringComparison.Ordinal);
        Assert.Null(finding.Index);
    }

    [Fact]
    public void Files_of_one_name_in_two_folders_are_no_conflict_where_a_path_names_them()
    {
        var check = new HealthCheck();
        var document = BuiltExchange.Har(new BuiltExchange());
        var other = BuiltExchange.Har(new BuiltExchange(), new BuiltExchange());
        Assert.Empty(check.Check(CassetteStore.Open(document, CassetteOrigin.OfMemory("recording.har"))));
        Assert.Empty(check.Check(CassetteStore.Open(other, CassetteOrigin.OfMemory("recording.har"))));
    }

    private static IReadOnlyList<HealthFinding> Check(byte[] document) =>
        HealthCheck.CheckAlone(CassetteStore.Open(document, CassetteOrigin.OfMemory("a")));
}
