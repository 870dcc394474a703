using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class DecodedStringTests
{
    private const string Alphabet = "az09 ~{}/é€한😀𝄞";

    [Fact]
    public void Any_string_decodes_to_its_text_and_every_character_knows_its_bytes()
    {
        var random = new Random(20251003);
        for (var round = 0; round < 2000; round++)
        {
            var (raw, text, offsets) = Next(random);
            var decoded = new DecodedString(raw);
            Assert.Equal(text, decoded.Text);
            Assert.Equal(text, JsonText.Decode(raw));
            Assert.Equal(offsets, Enumerable.Range(0, text.Length + 1).Select(decoded.OffsetOf));
            AssertAsOtherParser(raw, text);
        }
    }

    [Fact]
    public void The_bytes_between_two_characters_decode_to_what_is_between_them()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var (raw, text, _) = Next(random);
            var decoded = new DecodedString(raw);
            var from = random.Next(text.Length + 1);
            var to = random.Next(from, text.Length + 1);
            if (IsInsideRawRune(text, from, decoded) || IsInsideRawRune(text, to, decoded))
            {
                continue;
            }

            Assert.Equal(text[from..to], JsonText.Decode(raw.AsSpan(decoded.OffsetOf(from)..decoded.OffsetOf(to))));
        }
    }

    /// <summary>
    /// A character beyond the BMP that was written unescaped is one place in the bytes and two in the text.
    /// </summary>
    private static bool IsInsideRawRune(string text, int index, DecodedString decoded) =>
        index > 0 && index < text.Length && decoded.OffsetOf(index) == decoded.OffsetOf(index - 1);

    private static void AssertAsOtherParser(byte[] raw, string text)
    {
        if (text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
        {
            return; // A lone surrogate, which the other parser refuses.
        }

        using var other = JsonDocument.Parse((byte[])[(byte)'"', .. raw, (byte)'"']);
        Assert.Equal(other.RootElement.GetString(), text);
    }

    private static (byte[] Raw, string Text, List<int> Offsets) Next(Random random)
    {
        var raw = new MemoryStream();
        var text = new StringBuilder();
        var offsets = new List<int>();
        var runes = Alphabet.EnumerateRunes().ToArray();
        for (var count = random.Next(40); count > 0; count--)
        {
            var (written, said) = random.Next(5) switch
            {
                0 => ("\\n", "\n"),
                1 => ("\\\"", "\""),
                2 => Escaped((char)random.Next(0xD800, 0xE000)),
                3 => Escaped((char)random.Next(0x20, 0xD800)),
                _ => Same(runes[random.Next(runes.Length)].ToString()),
            };
            offsets.AddRange(said.Select(_ => (int)raw.Length));
            raw.Write(Encoding.UTF8.GetBytes(written));
            text.Append(said);
        }

        offsets.Add((int)raw.Length);
        return (raw.ToArray(), text.ToString(), offsets);
    }

    private static (string Written, string Said) Escaped(char unit) =>
        (string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"), unit.ToString());

    private static (string Written, string Said) Same(string text) => (text, text);
}
