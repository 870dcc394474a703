using System.Text.Json.Nodes;
using OpenAICassette.Comparison;

namespace OpenAICassette.Tests;

public class ComparisonTests
{
    [Theory]
    [InlineData("/request/body/messages/0/content", "\"Hello you\"", "request messages[0].content: Hello [-é-]{+you+}")]
    [InlineData("/request/body/temperature", "1", "request temperature: 0.5 → 1")]
    [InlineData("/request/body/seed", "7", "request seed: nothing → 7")]
    [InlineData(
        "/request/body/tools",
        """[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]""",
        """request tools.f: nothing → f:  {"type":"object"}"""
    )]
    [InlineData("/response/body/0/__data__/choices/0/delta/content", "\"Ho\"", "answer choices[0].content: Hi → Ho")]
    [InlineData(
        "/response/body/2/__data__/choices/0/delta/tool_calls/0/function/arguments",
        "\" 2}\"",
        "answer choices[0].tool_calls[0].arguments.a: 1 → 2"
    )]
    [InlineData(
        "/response/body/3/__data__/choices/0/finish_reason",
        "\"stop\"",
        "answer choices[0].finish_reason: tool_calls → stop"
    )]
    [InlineData("/response/body/3/__data__/usage/completion_tokens", "9", "response usage.completion_tokens: 2 → 9")]
    [InlineData(
        "/response/body/0/__data__/choices/0/delta/refusal",
        "\"No.\"",
        "answer choices[0].refusal: nothing → No."
    )]
    [InlineData("/response/body/1/__data__/new_member", "{\"x\":1}", """response new_member: nothing → {"x":1}""")]
    public void One_change_is_one_difference(string pointer, string value, string expected) =>
        Assert.Equal(
            [expected],
            Compare(recording => Set(recording, pointer, JsonNode.Parse(value)))
                .Differences.Select(difference => difference.ToString())
        );

    [Theory]
    [InlineData("/response/body/0/__data__/id", "\"other\"")]
    [InlineData("/response/body/0/__data__/created", "7")]
    [InlineData("/response/body/0/__data__/obfuscation", "\"abc\"")]
    [InlineData("/response/body/0/__data__/system_fingerprint", "\"fp_2\"")]
    [InlineData("/response/body/1/__data__/choices/0/delta/tool_calls/0/id", "\"call_2\"")]
    [InlineData("/request/body/temperature", "0.50")]
    [InlineData("/response/body/2/__data__/choices/0/delta/tool_calls/0/function/arguments", "\"1.0}\"")]
    public void What_changes_without_meaning_is_no_difference(string pointer, string value) =>
        Assert.Equal(
            ComparisonStatus.Same,
            Compare(recording => Set(recording, pointer, JsonNode.Parse(value))).Status
        );

    [Fact]
    public void A_message_in_between_is_one_difference() =>
        Assert.Equal(
            ["request messages[0]: nothing → system: Be kind."],
            Compare(recording =>
                recording["request"]!["body"]!["messages"]!
                    .AsArray()
                    .Insert(0, JsonNode.Parse("""{"role":"system","content":"Be kind."}"""))
            )
                .Differences.Select(difference => difference.ToString())
        );

    [Fact]
    public void Words_make_both_texts_again()
    {
        var random = new Random(11);
        string[] words = ["a", "b", "c ", " ", "\n", "😀", "é", ".", "word", "12"];
        string Text() =>
            string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => words[random.Next(words.Length)]));
        for (var i = 0; i < 500; i++)
        {
            var (before, after) = (Text(), Text());
            var changes = WordChanges.Of(before, after);
            Assert.Equal(
                before,
                string.Concat(
                    changes.Where(change => change.Kind != WordChangeKind.Added).Select(change => change.Text)
                )
            );
            Assert.Equal(
                after,
                string.Concat(
                    changes.Where(change => change.Kind != WordChangeKind.Removed).Select(change => change.Text)
                )
            );
            Assert.True(before != after || changes.All(change => change.Kind == WordChangeKind.Same));
            var difference = new CassetteDifference(DifferenceArea.Answer, "text", before, after) { Words = changes };
            Assert.Equal(changes, difference.Words);
            Assert.Equal(changes, (difference with { Old = null, New = string.Empty }).Words);
        }
    }

    [Fact]
    public void Words_of_other_texts_are_kept_as_they_are()
    {
        WordChange[][] words =
        [
            [new(WordChangeKind.Same, "a")],
            [new(WordChangeKind.Removed, "a"), new(WordChangeKind.Added, "c")],
            [new(WordChangeKind.Same, "a b c")],
            [new(WordChangeKind.Added, "a b")],
        ];
        Assert.All(words, given =>
            Assert.Equal(given, new CassetteDifference(DifferenceArea.Answer, "t", "a b", "c") { Words = given }.Words)
        );
    }

    [Fact]
    public void The_edits_are_as_few_as_can_be()
    {
        var changes = SequenceChanges.Of([.. "ABCABBA"], [.. "CBABAC"]);
        Assert.Equal(5, changes.Count(change => change.Kind != WordChangeKind.Same));
    }

    [Fact]
    public void Texts_without_anything_in_common_are_compared_in_no_time()
    {
        var changes = WordChanges.Of(
            string.Concat(Enumerable.Range(0, 50_000).Select(i => $"a{i} ")),
            string.Concat(Enumerable.Range(0, 50_000).Select(i => $"b{i} "))
        );
        Assert.Equal(
            [WordChangeKind.Removed, WordChangeKind.Added],
            changes.Select(change => change.Kind).Distinct().Take(2)
        );
    }

    [Fact]
    public void Every_recording_is_the_same_as_itself() =>
        Corpus.All(
            (cassette, _) =>
                Assert.Empty(CassetteComparer.Compare(cassette.Interactions[0], cassette.Interactions[0]).Differences)
        );

    [Fact]
    public void Cassettes_are_paired_by_key_then_by_name_then_by_test()
    {
        using var old = new TempFolder();
        using var new_ = new TempFolder();
        BuiltRecording.Add(old, name: "same-key.json");
        BuiltRecording.Add(new_, name: "renamed.json");
        BuiltRecording.Add(old, recording => Set(recording, "/request/body/seed", 1), "name.json");
        BuiltRecording.Add(new_, recording => Set(recording, "/request/body/seed", 2), "name.json");
        BuiltRecording.Add(old, recording => recording["test_id"] = "t::only", "old-test.json");
        BuiltRecording.Add(
            new_,
            recording =>
            {
                recording["test_id"] = "t::only";
                Set(recording, "/request/body/seed", 3);
            },
            "new-test.json"
        );
        BuiltRecording.Add(
            old,
            recording =>
            {
                recording["test_id"] = "t::gone";
                Set(recording, "/request/body/seed", 4);
            },
            "gone.json"
        );
        BuiltRecording.Add(
            new_,
            recording =>
            {
                recording["test_id"] = "t::came";
                Set(recording, "/request/body/seed", 5);
            },
            "came.json"
        );
        var pairs = CassetteComparer
            .Compare(Load(old), Load(new_))
            .Select(pair => $"{pair.Old?.Cassette.Name} {pair.New?.Cassette.Name} {pair.Status}");
        Assert.Equal(
            [
                " came.json Added",
                "name.json name.json Changed",
                "old-test.json new-test.json Changed",
                "same-key.json renamed.json Same",
                "gone.json  Removed",
            ],
            pairs.OrderBy(pair => pair.EndsWith("Removed", StringComparison.Ordinal))
        );
    }

    private static List<Cassette> Load(TempFolder folder) =>
        [
            .. CassetteStore
                .Load(CassetteStore.Find(folder.FullName, recurse: true))
                .Select(load => load.Cassette!)
                .OrderBy(cassette => cassette.Name, StringComparer.Ordinal),
        ];

    private static CassetteComparison Compare(Action<JsonObject> change)
    {
        using var folder = new TempFolder();
        var before = CassetteStore.Open(BuiltRecording.Add(folder, name: "before.json"));
        var after = CassetteStore.Open(BuiltRecording.Add(folder, change, "after.json"));
        return CassetteComparer.Compare(before.Interactions[0], after.Interactions[0]);
    }

    private static void Set(JsonObject recording, string pointer, JsonNode? value)
    {
        var parts = pointer[1..].Split('/');
        var node = parts[..^1]
            .Aggregate((JsonNode)recording, (at, part) =>
                at is JsonArray list
                    ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]!
                    : at[part]!
            );
        node[parts[^1]] = value;
    }
}
