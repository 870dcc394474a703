using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>Real recordings of every kind in which one value is another than any recorder would write.</summary>
public class HostileValueTests
{
    private static readonly string s_digits = new('7', 400);

    private static readonly string[] s_numbers =
    [
        "1e999",
        "-1E+999",
        "1e-999",
        s_digits,
        $"-{s_digits}",
        $"0.{s_digits}",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "2147483648",
        "-1",
        "-0",
        "1.5",
    ];

    private static readonly string[] s_notNumbers =
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "01",
        "+1",
        ".5",
        "1.",
        "0x1",
        "1e",
        "--1",
        "True",
        "None",
        "'1'",
        "1_000",
    ];

    private static readonly string[] s_values =
    [
        "null",
        "true",
        "false",
        "0",
        "-1",
        "2.5",
        "\"\"",
        "\"x\"",
        "\"\\u0000\"",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "[{}]",
        "[1,\"x\",{\"a\":[]}]",
        "{\"\":{}}",
        "{\"type\":1}",
        "{\"text\":[]}",
    ];

    private static readonly string[] s_halves =
    [
        "\\ud800",
        "\\udc00x",
        "a\\ud83d",
        "\\udfff\\ud800",
        "\\uD83D\\u0041",
        "\\ud800\\n\\\\",
    ];

    [Fact]
    public void Numbers_of_any_size_can_stand_wherever_a_number_stands() =>
        HostileSample.All(
            (bytes, random) =>
                Numbers(bytes)
                    .SelectMany(span => Some(s_numbers, random, 3).Select(number => span.Replaced(bytes, number))),
            FullUse.CheckTaken
        );

    [Fact]
    public void What_is_no_JSON_number_is_refused_wherever_a_number_stands() =>
        HostileSample.All(
            (bytes, random) =>
                Numbers(bytes)
                    .SelectMany(span => Some(s_notNumbers, random, 3).Select(word => span.Replaced(bytes, word))),
            FullUse.CheckRefused
        );

    [Fact]
    public void A_value_of_any_type_can_stand_wherever_a_value_stands_or_is_refused_with_its_place() =>
        HostileSample.All(
            (bytes, random) =>
                JsonSpan
                    .OfEachKind(bytes, span => span.Type != JsonTokenType.PropertyName)
                    .SelectMany(span => Some(s_values, random, 3).Select(value => span.Replaced(bytes, value))),
            FullUse.Check
        );

    [Fact]
    public void Half_a_character_can_stand_wherever_a_text_stands() =>
        HostileSample.All(
            (bytes, random) =>
                JsonSpan
                    .OfEachKind(bytes, span => span.Type == JsonTokenType.String)
                    .SelectMany(span => Some(s_halves, random, 2).Select(half => span.Replaced(bytes, $"\"{half}\""))),
            FullUse.CheckTaken
        );

    [Fact]
    public void Half_a_character_can_stand_wherever_a_name_stands_or_is_refused_with_its_place() =>
        HostileSample.All(
            (bytes, random) =>
                Names(bytes)
                    .SelectMany(span => Some(s_halves, random, 2).Select(half => span.Replaced(bytes, $"\"{half}\""))),
            FullUse.Check
        );

    [Fact]
    public void A_name_can_be_empty_or_another_or_is_refused_with_its_place() =>
        HostileSample.All(
            (bytes, random) =>
                Names(bytes)
                    .SelectMany(span =>
                        Some(["", "type", "__type__", "a/b~c", "\\u0000"], random, 2)
                            .Select(name => span.Replaced(bytes, $"\"{name}\""))
                    ),
            FullUse.Check
        );

    [Fact]
    public void A_name_can_be_written_in_escapes() =>
        HostileSample.All(
            (bytes, _) =>
                Names(bytes)
                    .Where(span => span.Name.Length > 0)
                    .Select(span => span.Replaced(bytes, $"\"\\u{(int)span.Name[0]:x4}{span.Name[1..]}\"")),
            FullUse.CheckTaken
        );

    [Fact]
    public void A_member_can_be_repeated_with_any_value_or_is_refused_with_its_place() =>
        HostileSample.All(
            (bytes, random) =>
                Names(bytes)
                    .SelectMany(span =>
                        Some(s_values, random, 1)
                            .SelectMany(value =>
                                new[]
                                {
                                    Inserted(bytes, span.Start, $"\"{span.Name}\":{value},"),
                                    Inserted(bytes, span.ValueEnd, $",\"{span.Name}\":{value}"),
                                }
                            )
                    ),
            FullUse.Check
        );

    [Theory]
    [InlineData(511, true)]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Values_can_be_nested_to_a_depth_of_512(int depth, bool isTaken) =>
        HostileSample.All(
            (bytes, random) =>
                Some(
                        [
                            .. JsonSpan.OfEachKind(bytes, span =>
                                span.Depth > 2 && span.Type is JsonTokenType.String or JsonTokenType.StartArray
                            ),
                        ],
                        random,
                        4
                    )
                    .SelectMany(span =>
                        new[]
                        {
                            span.Replaced(bytes, Nested("[", "]", depth - span.Depth)),
                            span.Replaced(bytes, Nested("{\"a\":", "}", depth - span.Depth)),
                        }
                    ),
            isTaken ? FullUse.CheckTaken : FullUse.CheckRefused
        );

    private static IEnumerable<JsonSpan> Numbers(byte[] bytes) =>
        JsonSpan.OfEachKind(bytes, span => span.Type == JsonTokenType.Number);

    private static IEnumerable<JsonSpan> Names(byte[] bytes) =>
        JsonSpan.OfEachKind(bytes, span => span.Type == JsonTokenType.PropertyName);

    private static T[] Some<T>(T[] items, Random random, int count) =>
        items.Length <= count ? items : random.GetItems(items, count);

    private static (string, byte[]) Inserted(byte[] bytes, int at, string text) =>
        (
            string.Create(CultureInfo.InvariantCulture, $"{text} inserted at {at}"),
            [.. bytes.AsSpan(0, at), .. Encoding.UTF8.GetBytes(text), .. bytes.AsSpan(at)]
        );

    private static string Nested(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth))
        + (open == "[" ? "" : "1")
        + string.Concat(Enumerable.Repeat(close, depth));
}
