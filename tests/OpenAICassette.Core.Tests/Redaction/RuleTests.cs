using System.Text.Json.Nodes;
using OpenAICassette.Redaction.Rules;
using NodeValue = System.Text.Json.Nodes.JsonValue;

namespace OpenAICassette.Tests;

/// <summary>Every rule's own examples.</summary>
public class RuleTests
{
    private static readonly SecretRule[] s_rules =
    [
        .. SecretRules.Standard.All,
        .. PersonalData.All,
        .. AccountIdentifiers.All,
    ];

    private static readonly string[] s_alone = ["%"];
    private static readonly string[] s_around = ["%", "Use this (%).", "line one\n%\nline three", "é 한 % 😀"];

    public static TheoryData<string, string> Examples => Of(rule => rule.Examples);

    public static TheoryData<string, string> CounterExamples => Of(rule => rule.CounterExamples);

    [Fact]
    public void Every_rule_has_an_id_of_its_own_a_description_and_an_example()
    {
        Assert.Equal(s_rules.Length, s_rules.Select(rule => rule.Id).Distinct().Count());
        Assert.All(s_rules, rule => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", rule.Id));
        Assert.All(s_rules, rule => Assert.NotEmpty(rule.Description));
        Assert.All(s_rules, rule => Assert.NotEmpty(rule.Examples));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_rule_finds_its_examples_whatever_stands_around_them(string rule, string example)
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var text = ExampleText.Write(example, seed);
            foreach (var around in text[0] == '{' ? s_alone : s_around)
            {
                var found = Find(around.Replace("%", text, StringComparison.Ordinal));
                Assert.True(
                    found.Exists(finding => finding.Rule == rule),
                    $"{rule}, seed {seed}, '{around}': found {string.Join(", ", found.Select(finding => finding.Rule))}"
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_rule_finds_its_examples_whatever_their_random_characters(string rule, string example)
    {
        const int seeds = 400;
        var rules = new SecretRules(s_rules);
        var missed = Enumerable
            .Range(1, seeds)
            .Where(seed =>
                ExampleText.Write(example, seed) is var text
                && text[0] != '{'
                && !rules.Find(text).Exists(match => match.Rule.Id == rule)
            )
            .ToList();

        // A random text may hold a word that only documentation's values have.
        Assert.True(
            missed.Count <= seeds / 200,
            $"{rule}: {missed.Count} of {seeds} are missed, for example by seed {missed.FirstOrDefault()}"
        );
    }

    [Theory]
    [MemberData(nameof(CounterExamples))]
    public void A_rule_finds_nothing_in_what_only_looks_like_it(string rule, string example)
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            Assert.DoesNotContain(Find(ExampleText.Write(example, seed)), finding => finding.Rule == rule);
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_a_rule_that_is_left_out_is_left_to_others(string rule, string example)
    {
        var found = Find(
            ExampleText.Write(example, 1),
            new RedactionOptions
            {
                ExcludedRules = [rule],
                IncludePersonalData = true,
                IncludeIdentifiers = true,
            }
        );
        Assert.DoesNotContain(found, finding => finding.Rule == rule);
    }

    [Fact]
    public void A_rule_that_is_left_out_is_so_in_header_fields_and_beside_given_values()
    {
        var options = new RedactionOptions
        {
            ExcludedRules = ["cookie"],
            Values = new Dictionary<string, string> { ["harmless words"] = "ours" },
        };
        var cookie = ExampleText.Write("sid={a:32}", 1);
        Assert.Empty(Find("{\"headers\":{\"cookie\":\"" + cookie + "\",\"Set-Cookie\":\"" + cookie + "\"}}", options));
        Assert.Equal("ours", Assert.Single(Find($"Cookie: {cookie}\nX: harmless words", options)).Rule);
    }

    private static TheoryData<string, string> Of(Func<SecretRule, IEnumerable<string>> texts)
    {
        var data = new TheoryData<string, string>();
        foreach (var (rule, text) in s_rules.SelectMany(rule => texts(rule).Select(text => (rule.Id, text))))
        {
            data.Add(rule, text);
        }

        return data;
    }

    private static List<Finding> Find(string text, RedactionOptions? options = null)
    {
        var inner = text.StartsWith("{\"", StringComparison.Ordinal) ? JsonNode.Parse(text)! : NodeValue.Create(text);
        var cassette = BuiltCassette.Open(
            new JsonObject
            {
                ["request"] = new JsonObject { ["url"] = "x" },
                ["response"] = new JsonObject { ["body"] = inner },
            }.ToJsonString()
        );
        return
        [
            .. new Redactor(options ?? new RedactionOptions { IncludePersonalData = true, IncludeIdentifiers = true })
                .Redact(cassette)
                .Findings,
        ];
    }
}
