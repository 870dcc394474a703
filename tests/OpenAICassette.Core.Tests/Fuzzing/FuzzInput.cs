using System.Text;

namespace OpenAICassette.Tests;

/// <summary>
/// Makes inputs from others by small and large changes. The same random numbers make the same inputs.
/// </summary>
internal sealed class FuzzInput(Random random, IReadOnlyList<byte[]> seeds)
{
    private const int MostBytes = 256 << 10;

    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\uFEFF",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\u0000",
            "\\ud800",
            "null",
            "-1",
            "1e999",
            "0x",
            "99999999999999999999",
            "NaN",
            "data: ",
            "event: ",
            "[DONE]",
            "--",
            "---\n",
            "...\n",
            "*a",
            "&a ",
            "!!binary ",
            "!!python/object:a ",
            "<<: *a",
            "? ",
            "- ",
            ": ",
            "|\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Host: localhost\r\n",
            "HTTP/1.1",
            "0\r\n\r\n",
            "FFFFFFFF",
            ";a=\"",
            "base64",
            "gzip",
            "(a+)+$",
            "(?<x>",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff, 0xfe],
        [0xc3],
        [0xed, 0xa0, 0x80],
        [0xff, 0xff, 0xff, 0xff],
        [0x7f, 0xff, 0xff, 0xff],
        [0x1f, 0x8b, 8, 0],
        [0x28, 0xb5, 0x2f, 0xfd],
    ];

    /// <summary>Returns the next input.</summary>
    public byte[] Next()
    {
        var input = Seed();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            input = Change(input);
        }

        return input.Length > MostBytes ? input[..MostBytes] : input;
    }

    private byte[] Seed() => seeds[random.Next(seeds.Count)];

    private byte[] Change(byte[] input)
    {
        var at = random.Next(input.Length + 1);
        var end = Math.Min(input.Length, at + random.Next(1, 1 << random.Next(1, 12)));
        switch (random.Next(10))
        {
            case 0 when at < input.Length:
                return [.. input[..at], (byte)(input[at] ^ (1 << random.Next(8))), .. input[(at + 1)..]];
            case 1 when at < input.Length:
                return [.. input[..at], (byte)random.Next(256), .. input[(at + 1)..]];
            case 2:
                return [.. input[..at], .. input[end..]];
            case 3:
                return [.. input[..end], .. input[at..]];
            case 4:
                return input[..at];
            case 5:
                return
                [
                    .. input[..at],
                    .. Enumerable.Repeat(input[at..end], random.Next(1, 200)).SelectMany(part => part),
                    .. input[at..],
                ];
            case 6:
                var other = Seed();
                return [.. input[..at], .. other[random.Next(other.Length)..]];
            case 7:
                var noise = new byte[random.Next(1, 20)];
                random.NextBytes(noise);
                return [.. input[..at], .. noise, .. input[at..]];
            default:
                var word = s_words[random.Next(s_words.Length)];
                return [.. input[..at], .. word, .. input[(random.Next(2) == 0 ? at : end)..]];
        }
    }
}
