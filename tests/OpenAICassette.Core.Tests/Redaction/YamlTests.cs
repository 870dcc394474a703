using System.Text;
using System.Text.RegularExpressions;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Tests;

/// <summary>YAML files, as other recorders write them.</summary>
public class YamlTests
{
    private static readonly string s_key = ExampleText.Write("sk-proj-{u:74}T3BlbkFJ{u:74}", 3);
    private static readonly string s_random = ExampleText.Write("{a:40}", 4);

    /// <summary>The key stands at %, a random value at §, where only its name tells of it.</summary>
    public static TheoryData<string> Files =>
        [
            "interactions:\n- request:\n    body: '{\"model\": \"m\", \"messages\": [{\"content\": \"it''s %,\n      and more\"}]}'\n    method: POST\n",
            "a:\n  body: \"{\\\"content\\\": \\\"first\\\\nline %\\\\n\\\\\n    \\ second\\\"}\"\n  b: 1\n",
            "body: |\n  {\"content\":\n   \"%\"}\nnext: 1\n",
            "body: |-\n  one\n\n  two %\n    three\n",
            "body: >\n  one\n  two %\n\n  three\n",
            "body: one two\n  three %\n  four\nnext: five\n",
            "headers:\n  accept:\n  - '*/*'\n  x-api-key:\n  - §\n  user-agent:\n  - python\n",
            "headers:\n    Authorization:\n        - Bearer §\n",
            "headers:\n  cookie:\n  - \"theme=dark;\n    __Host-session=§; lang=en\"\n",
            "- key: \"a\"\n  'client_secret': '§'\n",
            "secrets:\n  api_key: !!str \"§\" # ours\n  name: &anchor |\n    %\n",
            "note: the password of the\n  deploy user\n  api_key=§\n",
            "a: \"caf\\xe9 \\U0001F600 \\\n  %\"\r\nb: 'x'\r\n",
            "{x-api-key: [%]}\n",
            "headers: {x-api-key: [§], accept: ['*/*']}\nnext: 1\n",
            "api-key: [\"§\"]\n",
            "api-key: ['§']\n",
            "api-key: [ § ]\n",
            "api-key: [\n  a, # first\n  §\n]\nnext: 1\n",
            "api-key: &x §\nother: *x\n",
            "api-key: !!str §\n",
            "api-key: !!str &x \"§\"\n",
            "api-key: &x [!!str §, {a: *x}]\n",
            "? api-key\n: §\nnext: 1\n",
            "a:\n  ? \"api-key\"\n  : '§'\n",
            "- {name: a, \"api-key\": \"§\", list: [1, {b: c}]}\n- {api-key: §}\n",
            "{ ? api-key : § , b: [c: d] }\n",
            "body: {\"messages\": [{\"content\": \"it is %\"}],\n  \"n\": 1}\n",
            "api_key: {value: [\"§\"], api_key: §} # ours\n",
            "header:\n- name: accept\n  value: '*/*'\n- name: x-api-key\n  value: §\n",
            "a: \"%\\\n  \\ and %\"\n",
            "- {value: §, key: api-key}\n",
            "- - api-key\n  - §\n- - accept\n  - '*/*'\n",
            "? !!python/object/apply:multidict._multidict.istr\n- x-api-key\n: - §\n",
            "\"its \\x22%\\x22\": 1\n",
            "a:\n    b: \"one\n  two\n%\"\nc: 1\n",
            "a: |-\n    \n    {\"b\": \"%\"}\nc: '§'\napi-key:\n- §\n",
            "--- 'x'\n---\n- 'it''s %'\n...\n",
            "a: 'it''s %'\napi-key: ['§', and, { not: closed\n",
            "body: 'line one\r\n\r\n  line two %\r\n  more'\r\nz: 1\r\n",
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Secrets_in_scalars_are_replaced_and_every_other_byte_stays(string file)
    {
        var text = file.Replace("%", s_key, StringComparison.Ordinal).Replace("§", s_random, StringComparison.Ordinal);
        var (clean, findings) = Redact(text);
        var expected = Regex.Replace(text, $"{Regex.Escape(s_key)}|{s_random}", match =>
            match.Value == s_key
                ? "REDACTED_OPENAI_API_KEY_1"
                : findings.First(finding => finding.Rule != "openai-api-key").Placeholder!
        );
        Assert.NotEmpty(findings);
        Assert.Equal(expected, clean);
        Assert.Empty(Redact(clean).Findings);
    }

    [Theory]
    [InlineData('\'')]
    [InlineData('"')]
    [InlineData('|')]
    public void A_stream_in_a_scalar_reads_as_if_the_placeholder_had_been_streamed(char style)
    {
        var events =
            string.Concat(
                $"the key is {s_key} ok"
                    .Chunk(5)
                    .Select(piece =>
                        $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{new string(piece)}\"}}}}]}}\n\n"
                    )
            ) + "data: [DONE]\n\n";
        var (clean, findings) = Redact(
            $"interactions:\n- response:\n    body:\n      string: {Write(events, style)}\n    status: 200\n"
        );
        var stream = Assert
            .Single(Nodes(clean), node => node.IsScalar && node.Value.Contains("data: ", StringComparison.Ordinal))
            .Value;
        var pieces = Regex.Matches(stream, "\"content\":\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal("openai-api-key", Assert.Single(findings).Rule);
        Assert.Equal(Regex.Count(events, "data: {"), pieces.Count);
        Assert.Contains("REDACTED_OPENAI_API_KEY_1", string.Concat(pieces));
        Assert.StartsWith("the key is ", string.Concat(pieces), StringComparison.Ordinal);
        Assert.EndsWith(" ok", string.Concat(pieces), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("event: x\n")]
    [InlineData("2026-01-01 started\n")]
    public void A_stream_in_a_file_that_is_also_YAML_is_read_as_a_stream(string before)
    {
        var events = string.Concat(
            $"the key is {s_key} ok"
                .Chunk(5)
                .Select(piece =>
                    $"{before}data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{new string(piece)}\"}}}}]}}\n\n"
                )
        );
        var (clean, findings) = Redact(events + "data: [DONE]\n\n");
        var pieces = Regex.Matches(clean, "\"content\":\"([^\"]*)\"").Select(match => match.Groups[1].Value);
        Assert.Equal("openai-api-key", Assert.Single(findings).Rule);
        Assert.Contains("REDACTED_OPENAI_API_KEY_1", string.Concat(pieces), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zipped_body_in_lines_of_base64_is_zipped_again_in_such_lines()
    {
        var (clean, _) = Redact(
            $"body: !!binary |\n  {Lines(Zipped.Of($"{{\"key\":\"{s_key}\"}}"), "\n  ")}\nnext: 1\n"
        );
        var body = Regex.Match(clean, @"^body: !!binary \|\n((?:  \S+\n)+)next: 1\n$").Groups[1].Value;
        Assert.All(body.TrimEnd('\n').Split('\n'), line => Assert.True(line.Length <= 78));
        Assert.Equal("{\"key\":\"REDACTED_OPENAI_API_KEY_1\"}", Zipped.Text(Convert.FromBase64String(body)));
    }

    [Theory]
    [InlineData("a: \"not closed\nb: c\n")]
    [InlineData("a: 'not closed")]
    [InlineData("say: \"hello\", she said\n")]
    [InlineData("a: |\nb: >\nc: |\n")]
    [InlineData("a: \"\\")]
    [InlineData("- - - 'x\n- y'\n")]
    [InlineData("\"a\n b\": \"c\nd\"\n")]
    [InlineData(": \n- \n'': ''\n")]
    [InlineData("a: [not, closed\nb: c\n")]
    [InlineData("[2024-01-01 00:00:00] INFO: {started}\n{a: [b}\n")]
    [InlineData("a: [b] and more\n[x: {y\n")]
    [InlineData("? \n: \n? a\n")]
    [InlineData("[[[[[[\n{{{{{\n")]
    public void What_is_no_scalar_is_looked_through_as_text(string text)
    {
        Assert.Empty(Redact(text).Findings);
        var (clean, _) = Redact($"{text}\n{s_key}\n");
        Assert.Equal($"{text}\nREDACTED_OPENAI_API_KEY_1\n", clean);
    }

    [Theory]
    [InlineData("a: [b, c]\n", "a: [b, c\n")]
    [InlineData("a: {b: [c]}\n", "a: {b: c}\n")]
    [InlineData("a: 'b'\n", "a: b'\n")]
    public void An_edit_that_breaks_the_text_changes_its_outline(string before, string after)
    {
        Assert.NotEqual(Tree(before).Outline(), Tree(after).Outline());
    }

    private static YamlTree Tree(string text) => YamlDocuments.ReadTree(text, "built.yaml", default)!;

    private static IReadOnlyList<YamlNode> Nodes(string text) => Tree(text).Nodes;

    private static (string Clean, IReadOnlyList<Finding> Findings) Redact(string text)
    {
        var result = new Redactor().Redact(
            CassetteStore.OpenText(new MemoryStream(Encoding.UTF8.GetBytes(text)), "built.yaml")
        );
        return (Encoding.UTF8.GetString(result.Cassette.Read().Span), result.Findings);
    }

    private static string Write(string text, char style) =>
        style switch
        {
            '\'' =>
                $"'{text.Replace("'", "''", StringComparison.Ordinal).Replace("\n", "\n\n        ", StringComparison.Ordinal)}'",
            '"' =>
                $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n\\\n        ", StringComparison.Ordinal)}\"",
            _ => $"|\n        {text.TrimEnd('\n').Replace("\n", "\n        ", StringComparison.Ordinal)}",
        };

    private static string Lines(byte[] bytes, string lineEnd) =>
        string.Join(lineEnd, Convert.ToBase64String(bytes).Chunk(76).Select(line => new string(line)));
}
