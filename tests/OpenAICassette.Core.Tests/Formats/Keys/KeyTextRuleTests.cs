using System.Globalization;
using System.Text.RegularExpressions;
using OpenAICassette.Formats.LlamaStack.Keys;

namespace OpenAICassette.Tests;

/// <summary>What is done to texts before they are hashed, against the recorder's own regular expressions.</summary>
public partial class KeyTextRuleTests
{
    private const int Seeds = 40;
    private const int TextsOfASeed = 2_500;
    private const string Uuid = "01234567-89ab-cdef-0123-456789abcdef";

    private static readonly string[] s_parts =
    [
        "score:",
        "attributes:",
        "attributes",
        "document_id:",
        Uuid,
        $"<|{Uuid}|>",
        "<|",
        "|>",
        "{",
        "}",
        ",",
        " ",
        "  ",
        "\n",
        "\t",
        "\u00a0",
        "\u2003",
        "\u0085",
        "\u001c",
        "-",
        "+",
        ".",
        ":",
        "e",
        "E",
        "0",
        "1",
        "7",
        "12",
        "1234",
        "99999",
        "0.5",
        "1.2345",
        "٣",
        "٣.٣٣٣٣",
        "x",
        "é",
        "\ud835",
    ];

    public static TheoryData<int> AllSeeds => [.. Enumerable.Range(0, Seeds)];

    [Theory]
    [MemberData(nameof(AllSeeds))]
    public void Random_texts_are_what_the_recorders_expressions_make_of_them(int seed)
    {
#pragma warning disable CA5394 // The same texts every time, not secrets.
        var random = new Random(seed);
        for (var i = 0; i < TextsOfASeed; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(1, 14)).Select(_ => s_parts[random.Next(s_parts.Length)])
            );
#pragma warning restore CA5394
            AssertSame(text);
        }
    }

    [Theory]
    [InlineData("score:")]
    [InlineData("attributes:")]
    [InlineData("document_id:")]
    public void Long_white_space_changes_nothing_and_hides_nothing(string name)
    {
        var spaces = new string(' ', 100_000);
        Assert.Equal($"{name}{spaces}", Apply($"{name}{spaces}"));
        Assert.Equal($"{name}{spaces}x0.12346", Apply($"{name}{spaces}x0.1234567"));
        Assert.Equal("a.", Apply($"a,{spaces}attributes:{spaces}{{ }}."));
        Assert.Equal("score: __NORMALIZED__.", Apply($"score:{spaces}0.5."));
        Assert.Equal("document_id: __NORMALIZED__.", Apply($"document_id:{spaces}{Uuid}."));
    }

    [Theory]
    [InlineData("x")]
    [InlineData(".")]
    [InlineData(".123x")]
    [InlineData("")]
    public void Long_digits_are_no_decimal_without_four_places(string end)
    {
        var digits = new string('1', 100_000);
        Assert.Equal($"{digits}{end}", Apply($"{digits}{end}"));
        Assert.Equal($"{digits}{end} 1.23450", Apply($"{digits}{end} 1.2345"));
    }

    [Fact]
    public void Many_open_attributes_are_removed_up_to_the_first_closing_brace()
    {
        var open = string.Concat(Enumerable.Repeat("attributes:{", 20_000));
        Assert.Equal(open, Apply(open));
        Assert.Equal("x", Apply($"{open}}}x"));
    }

    private static void AssertSame(string text)
    {
        var expected = Round().Replace(Masked(text), match => Rounded(match.Value));
        Assert.True(
            expected == Apply(text),
            $"{Escaped(text)}: expected {Escaped(expected)}, got {Escaped(Apply(text))}"
        );
    }

    private static string Apply(string text) => KeyTextRules.Apply(text, KeyRules.Of(KeyAlgorithm.H7), out _);

    private static string Masked(string text)
    {
        text = Score().Replace(text, "score: __NORMALIZED__");
        text = Attributes().Replace(text, "");
        text = DocumentId().Replace(text, "document_id: __NORMALIZED__");
        return Citation().Replace(text, "<|__NORMALIZED__|>");
    }

    private static string Rounded(string literal)
    {
        var ascii = string.Concat(
            literal.Select(unit => char.IsDigit(unit) ? (char)('0' + char.GetNumericValue(unit)) : unit)
        );
        return double.Parse(ascii, CultureInfo.InvariantCulture).ToString("F5", CultureInfo.InvariantCulture);
    }

    private static string Escaped(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    [GeneratedRegex(@"-?\d+\.\d{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex Round();

    [GeneratedRegex(@"score:\s*[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Score();

    [GeneratedRegex(@",?\s*attributes:\s*\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Attributes();

    [GeneratedRegex(
        @"document_id:\s*[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex DocumentId();

    [GeneratedRegex(
        @"<\|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\|>",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Citation();
}
