using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

/// <summary>
/// Writes a rule's examples with random characters in place of the marks, the same ones for the same seed: {a:20}
/// letters and digits, {u:20} base64url, {b:20} base64, {h:20} hexadecimal, {l:20} letters, {d:20} digits, {2:20}
/// base32, {c:20} lower-case letters and digits, {n:20} capitals and digits, {w:20} also underscores, {i:20}
/// hexadecimal in both cases, {e:20}, {o:20} and {m:20} characters of encodings, {a:20-40} any of these numbers, {x:20} all x,
/// {crc} thirty letters and digits with their checksum, and a few more. No key was ever issued, and none stands in the
/// repository.
/// </summary>
internal static partial class ExampleText
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Letters = Lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    /// <summary>Writes an example.</summary>
    public static string Write(string example, int seed)
    {
        var random = new Random(seed);
        return Mark()
            .Replace(example, mark =>
                Expand(mark.Groups["kind"].Value, Count(mark.Groups["count"], mark.Groups["most"], random), random)
            );
    }

    /// <summary>A password as generators make them.</summary>
    public static string Password(Random random) =>
        "k" + Some(random, Letters + Digits, 8) + Some(random, "!*~^", 1) + Some(random, Letters + Digits, 4) + "7Q";

    private static string Expand(string kind, int count, Random random) =>
        kind switch
        {
            "a" => Some(random, Letters + Digits, count),
            "o" => Some(random, Letters + Digits + "._-", count),
            "u" => Some(random, Letters + Digits + "_-", count),
            "c" => Some(random, Lower + Digits, count),
            "e" => Some(random, Letters + Digits + "=_-", count),
            "i" => Some(random, Digits + "abcdefABCDEF", count),
            "m" => Some(random, Letters + Digits + "+/=_.%,-", count),
            "n" => Some(random, Letters[26..] + Digits, count),
            "w" => Some(random, Letters + Digits + "_", count),
            "b" => Some(random, Letters + Digits + "+/", count),
            "h" => Some(random, Digits + "abcdef", count),
            "l" => Some(random, Letters, count),
            "d" => Some(random, "123456789", count),
            "2" => Some(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", count),
            "x" => new string('x', count),
            "crc" => Checked(Some(random, Letters + Digits, 30)),
            "g" => Guid(random),
            "p" => Password(random),
            "k" => Convert.ToBase64String(Encoding.UTF8.GetBytes($"jonas:{Password(random)}")),
            "j" =>
                $"{Base64Url("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")}.{Base64Url($"{{\"sub\":\"{random.Next()}\",\"iss\":\"https://login.example\"}}")}.{Some(random, Letters + Digits, 43)}",
            "card" => Card(random),
            _ => throw new ArgumentException($"no such mark: {kind}", nameof(kind)),
        };

    /// <summary>A text with its CRC-32 in base 62; the number is taken from what gzip writes at its end.</summary>
    private static string Checked(string body)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(Encoding.ASCII.GetBytes(body));
        }

        var checksum = BitConverter.ToUInt32(zipped.ToArray().AsSpan()[^8..]);
        return body
            + string.Concat(
                Enumerable
                    .Range(0, 6)
                    .Select(at => (Digits + Letters[26..] + Lower)[(int)(checksum / (uint)Math.Pow(62, 5 - at) % 62)])
            );
    }

    private static string Guid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static string Card(Random random)
    {
        var digits = "4539" + Some(random, Digits, 11);
        return Enumerable
            .Range(0, 10)
            .Select(last => digits + last)
            .Single(number =>
                number
                    .Reverse()
                    .Select(
                        (digit, index) =>
                            index % 2 == 0 ? digit - '0' : ((digit - '0') * 2 / 10) + ((digit - '0') * 2 % 10)
                    )
                    .Sum() % 10
                == 0
            );
    }

    private static string Base64Url(string text) =>
        System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static int Count(Group least, Group most, Random random)
    {
        var count = least.Success ? int.Parse(least.ValueSpan, CultureInfo.InvariantCulture) : 0;
        return most.Success ? random.Next(count, int.Parse(most.ValueSpan, CultureInfo.InvariantCulture) + 1) : count;
    }

    private static string Some(Random random, string alphabet, int count) =>
        new(random.GetItems<char>(alphabet, count));

    [GeneratedRegex(@"\{(?<kind>[a-z0-9]+)(?::(?<count>[0-9]+)(?:-(?<most>[0-9]+))?)?\}")]
    private static partial Regex Mark();
}
