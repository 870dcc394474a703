using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Rules of users.</summary>
public sealed class RuleFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("acme-aaaaaaaaaaaabbbbbbbbbbbb", 0)]
    [InlineData("acme-k3J9xQ2mZp7LwT4vRb8Ny6Hs", 1)]
    public void Values_below_the_rules_entropy_are_none(string value, int expected)
    {
        var rules = Write(
            new
            {
                rules = new[]
                {
                    new
                    {
                        id = "acme",
                        pattern = "acme-[A-Za-z0-9]{24}",
                        entropy = 3.5,
                    },
                },
            }
        );
        Assert.Equal(expected, Find($"the value {value} here", rules).Count);
    }

    [Fact]
    public void A_rule_is_proved_by_its_examples()
    {
        var rules = _folder.Add(
            "rules.json",
            """{"rules":[{"id":"acme","pattern":"acme-[0-9]{8}","examples":["acme-12345678"],"counterExamples":["acme-1234567"]}]}"""u8
        );
        Assert.Equal("acme", Assert.Single(Find("acme-87654321", rules)).Rule);
    }

    [Theory]
    [InlineData(
        """{"rules":[{"id":"a","pattern":"acme-[0-9]{8}","examples":["acme-12345678","acme-x"]}]}""",
        "/rules/0/examples/1"
    )]
    [InlineData(
        """{"rules":[{"id":"a","pattern":"acme-[0-9]{8}","counterExamples":["acme-123456789"]}]}""",
        "/rules/0/counterExamples/0"
    )]
    [InlineData("""{"rules":[{"id":"a","pattern":"acme","entropy":"high"}]}""", "/rules/0/entropy")]
    [InlineData("""{"rules":[{"id":"a","pattern":"acme","entropy":9}]}""", "/rules/0/entropy")]
    [InlineData("""{"rules":[{"id":"a","pattern":"acme","examples":"acme"}]}""", "/rules/0/examples")]
    public void What_is_wrong_is_told_with_its_place_and_without_its_text(string text, string place)
    {
        var path = _folder.Add("rules.json", System.Text.Encoding.UTF8.GetBytes(text));
        var error = Assert.Throws<RuleFileException>(() => new Redactor(new RedactionOptions { RuleFiles = [path] }));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("acme-1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[]""", "rules.json: expected an object with the members rules, allow, $schema")]
    [InlineData("""{"rule":[]}""", "rules.json: unknown member 'rule'; expected rules, allow, $schema")]
    [InlineData("""{"":[]}""", "rules.json: unknown member ''")]
    [InlineData("""{"rules":{"id":"a","pattern":"acme"}}""", "/rules: expected a list of rules")]
    [InlineData("""{"rules":"acme"}""", "/rules: expected a list of rules")]
    [InlineData("""{"rules":null}""", "/rules: expected a list of rules")]
    [InlineData("""{"rules":["acme"]}""", "/rules/0: expected an object with the members id, ")]
    [InlineData("""{"rules":[{"id":"a","pattern":"acme","":1}]}""", "/rules/0: unknown member ''")]
    [InlineData("""{"rules":[{"id":"a","pattern":"acme","description":1}]}""", "/rules/0/description: expected a text")]
    [InlineData(
        """{"rules":[{"id":"a","pattern":"acme","severity":2}]}""",
        "/rules/0/severity: expected error or warning"
    )]
    [InlineData(
        """{"rules":[{"id":"a","pattern":"acme","severity":"1"}]}""",
        "/rules/0/severity: expected error or warning"
    )]
    [InlineData("""{"rules":[{"id":"a","pattern":["acme"]}]}""", "/rules/0/pattern: the pattern is missing")]
    [InlineData("""{"allow":["acme"]}""", "/allow: expected an object with the members values, patterns")]
    [InlineData("""{"allow":{"value":["acme"]}}""", "/allow: unknown member 'value'; expected values, patterns")]
    [InlineData("""{"allow":{"values":"acme"}}""", "/allow/values: expected a list of strings")]
    [InlineData("""{"allow":{"patterns":["ok","("]}}""", "/allow/patterns/1: ")]
    [InlineData("""{"$schema":1}""", "/$schema: expected a text")]
    public void A_shape_that_is_wrong_is_told_with_its_place(string text, string problem)
    {
        var path = _folder.Add("rules.json", System.Text.Encoding.UTF8.GetBytes(text));
        var error = Assert.Throws<RuleFileException>(() => new Redactor(new RedactionOptions { RuleFiles = [path] }));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_of_50000_words_is_refused_before_it_is_prepared()
    {
        var rules = Write(
            new
            {
                rules = new[]
                {
                    new
                    {
                        id = "words",
                        pattern = string.Join('|', Enumerable.Range(0, 50_000).Select(word => $"word{word}")),
                    },
                },
            }
        );
        var error = Assert.Throws<RuleFileException>(() => new Redactor(new RedactionOptions { RuleFiles = [rules] }));
        Assert.Matches(
            "/rules/0/pattern: the pattern has [0-9]+ characters, but at most 20000 are allowed",
            error.Message
        );
    }

    private string Write(object rules) => _folder.Add("rules.json", JsonSerializer.SerializeToUtf8Bytes(rules));

    private static IReadOnlyList<Finding> Find(string text, string rules) =>
        new Redactor(new RedactionOptions { RuleFiles = [rules] }).Find(
            BuiltCassette.Open(
                JsonSerializer.Serialize(new { request = new { url = "x" }, response = new { body = text } })
            )
        );
}
