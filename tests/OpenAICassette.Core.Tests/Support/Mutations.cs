using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

/// <summary>Makes broken copies of a file; the same ones in every run.</summary>
internal static partial class Mutations
{
    private static readonly string[] s_numbers =
    [
        "99999999999999999999",
        "-1",
        "1e999",
        "2147483648",
        "-9223372036854775809",
        "NaN",
        "1.5",
        "\"\"",
        "null",
        "[]",
        "{}",
    ];

    private static readonly string[] s_values =
    [
        "7",
        "null",
        "true",
        "[]",
        "{}",
        "[[1]]",
        "{\"a\":{\"b\":1}}",
        "\"\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"é\U0001F600\"",
    ];

    private static readonly string[] s_tokens =
    [
        "*a",
        "&a",
        "!!python/object:os.system ",
        "!!binary ",
        "<<: *x",
        "%YAML 9.9\n",
        "---\n",
        "...\n",
        "? ",
        "|\n",
        ">-\n",
        "[",
        "{",
        "\"",
        "'",
        "@",
        "\t",
        "\0",
        "\uFEFF",
        "\r",
    ];

    /// <summary>Returns the copies, each with a name for it.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Of(byte[] file, int seed, int rounds)
    {
        const int cuts = 40;
        for (var cut = 0; cut < cuts; cut++)
        {
            var length = (int)((long)file.Length * cut / cuts);
            yield return (Named("cut at", length), file[..length]);
        }

        yield return ("with a mark", [.. "\uFEFF"u8, .. file]);
        yield return ("only NUL", new byte[file.Length]);
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var at = random.Next(file.Length);
            var end = Math.Min(file.Length, at + random.Next(1, 200));
            yield return (Named("another byte at", at), [.. file[..at], (byte)random.Next(256), .. file[(at + 1)..]]);
            yield return (Named("no UTF-8 at", at), [.. file[..at], 0xff, 0xfe, .. file[at..]]);
            yield return (Named("without bytes from", at), [.. file[..at], .. file[end..]]);
            yield return (Named("twice the bytes from", at), [.. file[..end], .. file[at..]]);
            yield return (Named("one more token at", at), Inserted(file, at, Pick(s_tokens, random)));
            yield return (Named("another number, round", round), Replaced(file, Number(), s_numbers, random));
            yield return (Named("another value, round", round), Replaced(file, Value(), s_values, random));
            yield return (Named("two lines swapped, round", round), Swapped(file, random));
        }
    }

    private static string Named(string what, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {number}");

    private static byte[] Inserted(byte[] file, int at, string token) =>
        [.. file[..at], .. Encoding.UTF8.GetBytes(token), .. file[at..]];

    private static byte[] Replaced(byte[] file, Regex place, string[] others, Random random)
    {
        var text = Encoding.Latin1.GetString(file);
        var found = place.Matches(text);
        var other = Encoding.UTF8.GetBytes(Pick(others, random));
        if (found.Count == 0)
        {
            return other;
        }

        var match = found[random.Next(found.Count)];
        return [.. file[..match.Index], .. other, .. file[(match.Index + match.Length)..]];
    }

    private static byte[] Swapped(byte[] file, Random random)
    {
        var lines = Encoding.Latin1.GetString(file).Split('\n');
        var (one, two) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[one], lines[two]) = (lines[two], lines[one]);
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    private static string Pick(string[] texts, Random random) => texts[random.Next(texts.Length)];

    [GeneratedRegex(@"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")]
    private static partial Regex Number();

    [GeneratedRegex("""(?<=[:\[,] ?)(?:"(?:[^"\\]|\\.){0,300}"|'[^']{0,300}'|\{\}|\[\]|true|false|null)""")]
    private static partial Regex Value();
}
