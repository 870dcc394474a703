using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAICassette.Redaction.Rules;
using NodeValue = System.Text.Json.Nodes.JsonValue;

namespace OpenAICassette.Tests;

/// <summary>What holds for every document and every rule: made at random, the same ones in every run.</summary>
public sealed class RandomDocumentTests : IDisposable
{
    private static readonly (string Name, Func<string, string> Write, Func<string, string> Read)[] s_wrappings =
    [
        (
            "prose",
            text => $"é before it\n{text}\nafter it 😀",
            text => text["é before it\n".Length..^"\nafter it 😀".Length]
        ),
        (
            "JSON",
            text => $"{{\"n\":[1,2.50],\"a\":{JsonSerializer.Serialize(text)}}}",
            text => JsonNode.Parse(text)!["a"]!.GetValue<string>()
        ),
        (
            "escapes",
            text => $"[{{\"a\":\"{string.Concat(text.Select(unit => $"\\u{(int)unit:x4}"))}\"}}]",
            text => JsonNode.Parse(text)![0]!["a"]!.GetValue<string>()
        ),
        (
            "base64",
            text => $"see {Convert.ToBase64String(Encoding.UTF8.GetBytes($"some text: {text}"))} there",
            text => Encoding.UTF8.GetString(Convert.FromBase64String(text.Split(' ')[1]))["some text: ".Length..]
        ),
        // Without a character of either alphabet and without need of padding, nothing tells which of the two it was.
        (
            "base64url",
            text => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"some text: {text}")),
            text =>
                Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text.Replace('+', '-').Replace('/', '_')))[
                    "some text: ".Length..
                ]
        ),
        ("gzip", text => Convert.ToBase64String(Zipped.Of(text)), text => Zipped.Text(Convert.FromBase64String(text))),
        (
            "URL",
            text => $"https://example.com/?a=b&text={Uri.EscapeDataString($"it is {text} ")}&c=d",
            text => Uri.UnescapeDataString(text.Split("text=")[1].Split("&c=")[0])["it is ".Length..^1]
        ),
    ];

    private readonly TempFolder _folder = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 400)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_but_the_secrets_changes_and_none_of_them_is_left(int seed)
    {
        var random = new Random(seed);
        var prefix = new string(random.GetItems<char>("bcdfghklmnpqrtvwz", 5));
        var rules = _folder.Add(
            "rules.json",
            JsonSerializer.SerializeToUtf8Bytes(
                new { rules = new[] { new { id = "ours", pattern = $"{prefix}-[a-z0-9]{{24}}" } } }
            )
        );
        var planted = new List<Planted>();
        var document = Container(random, depth: 4, () => Plant(random, prefix, planted));
        do
        {
            document["always"] = Plant(random, prefix, planted);
        } while (planted.Count == 0);

        var source = document.ToJsonString(new JsonSerializerOptions { WriteIndented = random.Next(2) == 0 });

        var (clean, findings) = Redact(source, rules);
        var after = JsonNode.Parse(clean)!;
        Assert.NotEmpty(findings);
        Compare(document, after, planted);
        Assert.Equal(clean, Redact(clean, rules).Clean);
    }

    private static JsonNode Plant(Random random, string prefix, List<Planted> planted)
    {
        var rule =
            random.Next(4) == 0
                ? null
                : random.GetItems<SecretRule>(
                    SecretRules
                        .Standard.All.Where(rule =>
                            rule.Pattern is not null && !rule.Pattern.Contains("(?<secret>", StringComparison.Ordinal)
                        )
                        .ToArray(),
                    1
                )[0];
        var secret = rule is null
            ? $"{prefix}-{ExampleText.Write("{h:24}", random.Next())}"
            : ExampleText.Write(rule.Examples[random.Next(rule.Examples.Count)], random.Next());
        var wrappings = random.GetItems(Enumerable.Range(0, s_wrappings.Length).ToArray(), random.Next(1, 4));
        var text = wrappings.Aggregate(secret, (text, wrapping) => s_wrappings[wrapping].Write(text));
        if (rule is not null && !IsWhole(secret))
        {
            return "nothing";
        }

        planted.Add(new Planted(text, wrappings, secret));
        return text;
    }

    /// <summary>Of some examples a rule takes only a part.</summary>
    private static bool IsWhole(string secret) =>
        SecretRules.Standard.Find($" {secret} ") is [var match] && match.Length == secret.Length;

    private static JsonObject Container(Random random, int depth, Func<JsonNode> plant)
    {
        var made = new JsonObject();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            made[$"m{i}{(random.Next(4) == 0 ? " é\"\\" : "")}"] = Value(random, depth, plant);
        }

        return made;
    }

    private static JsonNode? Value(Random random, int depth, Func<JsonNode> plant) =>
        random.Next(depth > 0 ? 9 : 6) switch
        {
            0 => plant(),
            1 => random.Next(),
            2 => random.NextDouble() * 1e9,
            3 => random.Next(2) == 0,
            4 => null,
            5 => new string(random.GetItems<char>("ab é\"\\\n\t😀/<>&%\u0001", random.Next(40)))
                .Replace("\ud83d", "", StringComparison.Ordinal)
                .Replace("\ude00", "", StringComparison.Ordinal),
            6 or 7 => Container(random, depth - 1, plant),
            _ => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1, plant))]),
        };

    /// <summary>Both documents have the same shape, and every leaf without a secret is the same.</summary>
    private static void Compare(JsonNode? before, JsonNode? after, List<Planted> planted)
    {
        switch (before, after)
        {
            case (JsonObject was, JsonObject now):
                Assert.Equal(was.Select(member => member.Key), now.Select(member => member.Key));
                Assert.All(was, member => Compare(member.Value, now[member.Key], planted));
                break;
            case (JsonArray was, JsonArray now):
                Assert.Equal(was.Count, now.Count);
                Assert.All(was.Zip(now), pair => Compare(pair.First, pair.Second, planted));
                break;
            case (NodeValue was, NodeValue now)
                when was.GetValueKind() == JsonValueKind.String
                    && planted.Find(each => each.Text == was.GetValue<string>()) is { } secret:
                secret.Prove(now.GetValue<string>());
                break;
            default:
                Assert.Equal(before?.ToJsonString(), after?.ToJsonString());
                break;
        }
    }

    private static (string Clean, IReadOnlyList<Finding> Findings) Redact(string document, string rules)
    {
        var result = new Redactor(new RedactionOptions { RuleFiles = [rules] }).Redact(
            CassetteStore.OpenText(new MemoryStream(Encoding.UTF8.GetBytes(document)), "built.json")
        );
        return (Encoding.UTF8.GetString(result.Cassette.Read().Span), result.Findings);
    }

    private sealed record Planted(string Text, int[] Wrappings, string Secret)
    {
        /// <summary>Unwrapped, the text is what it was but for a placeholder in place of the secret.</summary>
        public void Prove(string clean)
        {
            var (before, after) = Wrappings
                .Reverse()
                .Aggregate((Text, clean), (texts, wrapping) =>
                    (s_wrappings[wrapping].Read(texts.Text), s_wrappings[wrapping].Read(texts.clean))
                );
            var around = before.Split(Secret);
            var isOnlySecret =
                around.Length == 2
                && after.StartsWith(around[0], StringComparison.Ordinal)
                && after.EndsWith(around[1], StringComparison.Ordinal)
                && System.Text.RegularExpressions.Regex.IsMatch(
                    after[around[0].Length..^around[1].Length],
                    "^REDACTED_[A-Z0-9_]+_[0-9]+$"
                );
            Assert.True(
                isOnlySecret,
                $"{string.Join(" in ", Wrappings.Select(wrapping => s_wrappings[wrapping].Name))}: {after[..Math.Min(after.Length, 100)]}"
            );
        }
    }
}
