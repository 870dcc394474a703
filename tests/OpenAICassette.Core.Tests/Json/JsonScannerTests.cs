using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public sealed class JsonScannerTests
{
    private const string Letters = " \t\n\r\"\\{}[],:0123456789-+.eEtfnuabx/\u0001";

    private const string Sample = """
        {"a": [1, -2.5e+10, 0, true, false, null, "", "fourteen bytes", "fifteen bytes..", "sixteen bytes...", "\u00e9\n\"\\\/"],
            "deep": {"x": {"y": [[], {}, [{}]]}},
                                  "far": "a string with an escape \ud83d\ude00 behind the first block of sixteen"}
        """;

    [Theory]
    [InlineData("{\"a\": tru}", 6, "expected a value, found 't'")]
    [InlineData("{\n\n  \"b\": +1\n}", 10, "expected a value, found '+'")]
    [InlineData("[1,\r\n2,\r\n]", 9, "expected a value, found ']'")]
    [InlineData("{\"a\" 1}", 5, "expected a colon, found '1'")]
    [InlineData("{\"a\":1,}", 7, "expected a member name, found '}'")]
    [InlineData("[1 2]", 3, "expected a comma or ']', found '2'")]
    [InlineData("{} x", 3, "expected the end of the text, found 'x'")]
    [InlineData("[\"a\nb\"]", 3, "a control character must be escaped inside a string")]
    [InlineData("[\"\\x\"]", 2, "no such escape in a string")]
    [InlineData("[012]", 1, "a number must not begin with 0")]
    [InlineData("[1.]", 3, "expected a digit, found ']'")]
    public void An_error_names_the_place_and_what_was_expected(string text, int offset, string problem)
    {
        var error = Assert.Throws<JsonTextException>(() => Tokens(Encoding.UTF8.GetBytes(text)));
        Assert.Equal((offset, problem), (error.Offset, error.Message));
    }

    [Fact]
    public void A_text_cut_short_anywhere_is_known_to_have_ended_too_soon()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var length = 0; length < bytes.Length; length++)
        {
            var error = Assert.Throws<JsonTextException>(() => Tokens(bytes[..length]));
            Assert.True(error.IsEnd, $"{length}: {error.Message}");
        }
    }

    [Fact]
    public void Whatever_the_standard_parser_refuses_is_refused_and_the_tokens_are_the_same()
    {
        var random = new Random(97);
        var original = Encoding.UTF8.GetBytes(Sample);
        var accepted = 0;
        for (var run = 0; run < 30_000; run++)
        {
            var bytes = original.ToArray();
            for (var edit = random.Next(1, 4); edit > 0; edit--)
            {
                bytes[random.Next(bytes.Length)] = (byte)Letters[random.Next(Letters.Length)];
            }

            var expected = Expected(bytes);
            accepted += expected is null ? 0 : 1;
            Assert.Equal(expected, Accepted(bytes));
            Assert.Equal(expected is not null, IsSkipped(bytes));
        }

        Assert.InRange(accepted, 1_000, 29_000);
    }

    [Fact]
    public void A_text_is_stepped_over_alike_wherever_its_strings_and_escapes_meet_the_64_bytes_of_a_block()
    {
        const string letters = "{}[]:,\"\\ \n\u0001abtnu019-.e\u00e9";
        var random = new Random(64);
        var accepted = 0;
        for (var run = 0; run < 20_000; run++)
        {
            var json = new StringBuilder(new string(' ', random.Next(64)));
            AppendValue(json, random, depth: 4);
            var bytes = Encoding.UTF8.GetBytes(json.Append(' ', random.Next(3)).ToString());
            if (run % 2 == 1)
            {
                bytes[random.Next(bytes.Length)] = (byte)letters[random.Next(letters.Length - 1)];
            }

            var expected = Expected(bytes) is not null;
            accepted += expected ? 1 : 0;
            Assert.True(expected == IsSkipped(bytes), Encoding.UTF8.GetString(bytes));
        }

        Assert.InRange(accepted, 10_000, 19_000);
    }

    [Fact]
    public void The_tokens_of_every_recording_are_those_of_the_standard_parser() =>
        Assert.All(SharedData.Files, path =>
            Assert.Equal(Expected(File.ReadAllBytes(path)), Accepted(File.ReadAllBytes(path)))
        );

    private static void AppendValue(StringBuilder json, Random random, int depth)
    {
        string[] words =
        [
            "null",
            "true",
            "false",
            "0",
            "-12.5e-3",
            "\"\"",
            "\"a\\\\\"",
            "\"\\\"}\"",
            "\"\\u00e9\\n\"",
            "\"é,[\"",
        ];
        var isObject = random.Next(2) == 0;
        if (depth == 0 || random.Next(3) == 0)
        {
            json.Append(words[random.Next(words.Length)]);
            return;
        }

        json.Append(isObject ? '{' : '[');
        for (var i = random.Next(5); i > 0; i--)
        {
            json.Append("\n".PadRight(random.Next(1, 12)));
            json.Append(
                isObject ? $"\"{new string('\\', 2 * random.Next(3))}{new string('k', random.Next(9))}\": " : null
            );
            AppendValue(json, random, depth - 1);
            json.Append(i > 1 ? "," : "\r\n\t ");
        }

        json.Append(isObject ? '}' : ']');
    }

    /// <summary>Steps over the whole text, and tells whether that went to its end.</summary>
    private static bool IsSkipped(byte[] bytes)
    {
        try
        {
            var scanner = new JsonScanner(bytes);
            scanner.Read();
            scanner.Skip();
            return !scanner.Read();
        }
        catch (JsonTextException)
        {
            return false;
        }
    }

    private static List<(JsonTokenType, int, int)>? Accepted(byte[] bytes)
    {
        try
        {
            return Tokens(bytes);
        }
        catch (JsonTextException)
        {
            return null;
        }
    }

    private static List<(JsonTokenType Type, int Start, int Length)> Tokens(byte[] bytes)
    {
        var scanner = new JsonScanner(bytes);
        var tokens = new List<(JsonTokenType, int, int)>();
        while (scanner.Read())
        {
            tokens.Add((scanner.TokenType, scanner.TokenStart, scanner.Value.Length));
        }

        return tokens;
    }

    private static List<(JsonTokenType, int, int)>? Expected(byte[] bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = OpenContainers.MaxDepth });
            var tokens = new List<(JsonTokenType, int, int)>();
            while (reader.Read())
            {
                tokens.Add((reader.TokenType, (int)reader.TokenStartIndex, reader.ValueSpan.Length));
            }

            return tokens;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
