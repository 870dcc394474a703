using System.Text;
using System.Text.Json.Nodes;
using OpenAICassette.Cassettes;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Tests;

/// <summary>Every kind of secret in every position.</summary>
public class PositionTests
{
    private static readonly Dictionary<string, Position> s_positions = Position.All.ToDictionary(position =>
        position.Name
    );

    /// <summary>Where the text comes in chunks; one that holds nothing but punctuation stays as it was.</summary>
    private static readonly HashSet<string> s_streamed =
    [
        "content",
        "second choice",
        "reasoning",
        "tool arguments",
        "completion",
        "responses",
        "responses arguments",
        "messages",
        "messages input",
        "ollama",
        "event lines",
        "events",
        "gemini",
    ];

    public static TheoryData<string> Positions => [.. s_positions.Keys];

    [Theory]
    [MemberData(nameof(Positions))]
    public void Secrets_are_replaced_where_they_stand_and_nothing_else_is(string name)
    {
        var position = s_positions[name];
        var problems = new List<string>();
        foreach (var (rule, example, seed) in Plantings())
        {
            var text = ExampleText.Write(example, seed);
            var expected = Expected(text);

            var document = position.Write(text, new Random(seed));
            var (clean, findings) = Redact(document);
            var before = position.Read(document);
            var after = position.Read(clean);
            if (
                after != before.Replace(text, expected, StringComparison.Ordinal)
                && !(name == "tokens" && IsCovered(before, after, text, expected))
                && !(s_streamed.Contains(name) && KeepsOnlyPunctuation(before, after, text, expected))
            )
            {
                problems.Add($"{rule}, seed {seed}: {findings.Count} findings, {after[..Math.Min(after.Length, 80)]}");
            }

            Assert.Equal(Shape(document), Shape(clean));
            Assert.Empty(Redact(clean).Findings);
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    /// <summary>What redaction makes of the bare text, which RuleTests prove.</summary>
    private static string Expected(string text)
    {
        var (clean, findings) = Redact(s_positions["text"].Write(text, new Random(1)));
        Assert.NotEmpty(findings);
        return s_positions["text"].Read(clean);
    }

    /// <summary>Tokens keep their lengths, so what covers a secret there has its length and its punctuation.</summary>
    private static bool IsCovered(string before, string after, string text, string expected)
    {
        Assert.True(Placeholder.TryFind(expected, out var start, out var placeholder));
        var end = expected.Length - start - placeholder.Length;
        var secret = text[start..^end];
        return after.Length == before.Length
            && after.StartsWith($"it is {text[..start]}", StringComparison.Ordinal)
            && after.EndsWith($"{text[^end..]} ok", StringComparison.Ordinal)
            && Enumerable
                .Range(0, secret.Length - 7)
                .All(at => !after.Contains(secret.Substring(at, 8), StringComparison.Ordinal));
    }

    /// <summary>The placeholder stands there whole, and beside it no letter or digit of the secret.</summary>
    private static bool KeepsOnlyPunctuation(string before, string after, string text, string expected)
    {
        Assert.True(Placeholder.TryFind(expected, out var start, out var placeholder));
        var around = before
            .Replace(text, $"{expected[..start]}\0{expected[(start + placeholder.Length)..]}", StringComparison.Ordinal)
            .Split('\0');
        return around.Length == 2
            && after.Length >= around[0].Length + placeholder.Length + around[1].Length
            && after.StartsWith(around[0], StringComparison.Ordinal)
            && after.EndsWith(around[1], StringComparison.Ordinal)
            && !after[around[0].Length..^around[1].Length]
                .Replace($"{placeholder}", string.Empty, StringComparison.Ordinal)
                .Any(char.IsLetterOrDigit)
            && after.Contains($"{placeholder}", StringComparison.Ordinal);
    }

    private static IEnumerable<(string Rule, string Example, int Seed)> Plantings() =>
        SecretRules.Standard.All.SelectMany(rule =>
            rule.Examples.Where(example => !example.StartsWith('{') || example[1] != '"')
                .SelectMany(example => Enumerable.Range(1, 1).Select(seed => (rule.Id, example, seed)))
        );

    private static (string Clean, IReadOnlyList<Finding> Findings) Redact(string document)
    {
        var result = new Redactor().Redact(
            CassetteStore.Open(Encoding.UTF8.GetBytes(document), CassetteOrigin.OfMemory("built.json"))
        );
        return (Encoding.UTF8.GetString(result.Cassette.Read().Span), result.Findings);
    }

    private static string Shape(string document) => Shape(JsonNode.Parse(document));

    private static string Shape(JsonNode? node) =>
        node switch
        {
            JsonObject value =>
                $"{{{string.Join(",", value.Select(member => $"{member.Key}:{Shape(member.Value)}"))}}}",
            JsonArray value => $"[{string.Join(",", value.Select(Shape))}]",
            null => "null",
            _ => node.GetValueKind().ToString(),
        };
}
