using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Findings that a comment or a rule file allows.</summary>
public sealed class AllowTests : IDisposable
{
    private static readonly string s_key = PlantedKey.Of("groq-api-key");
    private static readonly string s_other = PlantedKey.Of("github-token");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.env", "KEY=% # cassette:allow\nOTHER=§\n")]
    [InlineData("a.env", "# cassette:allow\nKEY=%\nOTHER=§\n")]
    [InlineData("a.txt", "x = '%'; // cassette:allow groq-api-key\ny = '§'\n")]
    [InlineData("a.txt", "<!-- cassette:allow -->\n%\n§\n")]
    [InlineData("a.yaml", "a: % # cassette:allow\nb: §\n")]
    [InlineData("a.yaml", "# cassette:allow\na: '%'\nb: §\n")]
    [InlineData("a.yaml", "# cassette:allow\na: |\n  first\n  %\nb: §\n")]
    public void A_comment_allows_the_secrets_of_its_line_and_no_others(string name, string text)
    {
        var cassette = Open(name, text);
        Assert.Equal("github-token", Assert.Single(new Redactor().Find(cassette)).Rule);
        var clean = Encoding.UTF8.GetString(new Redactor().Redact(cassette).Cassette.Read().Span);
        Assert.Contains(s_key, clean, StringComparison.Ordinal);
        Assert.DoesNotContain(s_other, clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.yaml", "a: '% # cassette:allow'\nb: §\n")]
    [InlineData("a.yaml", "a: |\n  # cassette:allow\n  %\nb: §\n")]
    [InlineData("a.env", "KEY=% cassette:allow\nOTHER=§\n")]
    [InlineData("a.env", "KEY=% # cassette:allow openai-api-key\nOTHER=§\n")]
    [InlineData("a.env", "KEY=% # cassette:allow, SAID the model!\nOTHER=§\n")]
    [InlineData("a.json", "{\"a\": \"% # cassette:allow\",\n \"b\": \"§\"}")]
    public void A_text_that_is_recorded_allows_nothing(string name, string text) =>
        Assert.Equal(2, new Redactor().Find(Open(name, text)).Count);

    [Fact]
    public void A_rule_file_allows_by_path_rule_and_hash()
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(s_key)));
        var cassette = Open("cassettes/a.txt", "one % two §\n");
        Assert.Equal(2, Find(cassette, """{"path":"other/*"}"""));
        Assert.Equal(0, Find(cassette, """{"path":"cassettes/*.txt","reason":"not ours"}"""));
        Assert.Equal(1, Find(cassette, """{"rule":"groq-*"}"""));
        Assert.Equal(1, Find(cassette, $$"""{"sha256":"{{hash}}"}"""));
        Assert.Equal(2, Find(cassette, $$"""{"sha256":"{{hash}}","rule":"github-token"}"""));
        Assert.Equal(0, Find(cassette, """{"rule":"groq-api-key"},{"rule":"github-token"}"""));
    }

    [Fact]
    public void A_value_that_is_given_is_removed_though_its_place_is_allowed()
    {
        var options = new RedactionOptions { Values = new Dictionary<string, string> { [s_key] = "ours" } };
        Assert.Equal(2, new Redactor(options).Find(Open("a.env", "KEY=% # cassette:allow\nOTHER=§\n")).Count);
    }

    [Theory]
    [InlineData("""{"reason":"all"}""", "/allow/findings/0: expected a path, a rule or a sha256")]
    [InlineData("""{"sha256":"12"}""", "/allow/findings/0/sha256: expected 64 hexadecimal digits")]
    [InlineData("""{"rule":1}""", "/allow/findings/0/rule: expected a text")]
    [InlineData("""{"name":"x"}""", "/allow/findings/0: unknown member 'name'")]
    public void An_entry_that_is_not_valid_is_refused(string entry, string problem)
    {
        var error = Assert.Throws<RuleFileException>(() => Find(Open("a.txt", "x"), entry));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private int Find(Cassette cassette, string entries)
    {
        var rules = _folder.Add("rules.json", Encoding.UTF8.GetBytes("{\"allow\":{\"findings\":[" + entries + "]}}"));
        return new Redactor(new RedactionOptions { RuleFiles = [rules] }).Find(cassette).Count;
    }

    private static Cassette Open(string name, string text) =>
        CassetteStore.OpenText(
            new MemoryStream(
                Encoding.UTF8.GetBytes(
                    text.Replace("%", s_key, StringComparison.Ordinal).Replace("§", s_other, StringComparison.Ordinal)
                )
            ),
            name
        );
}
