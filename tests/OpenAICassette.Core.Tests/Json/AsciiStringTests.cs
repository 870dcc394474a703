using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

/// <summary>Strings as Python 3 writes them after reading them; every expected text was written by it.</summary>
public class AsciiStringTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("~ ", "~ ")]
    [InlineData("<>&'+", "<>&'+")]
    [InlineData("\u007f", @"\u007f")]
    [InlineData(@"\u007F", @"\u007f")]
    [InlineData(@"\/", "/")]
    [InlineData(@"\u002f", "/")]
    [InlineData(@"\u0041", "A")]
    [InlineData(@"\u00E9", @"\u00e9")]
    [InlineData("é", @"\u00e9")]
    [InlineData(@"\u2028", @"\u2028")]
    [InlineData("😀", @"\ud83d\ude00")]
    [InlineData(@"\uD83D\uDE00", @"\ud83d\ude00")]
    [InlineData(@"\ud83d\ude00", @"\ud83d\ude00")]
    [InlineData(@"\uD800", @"\ud800")]
    [InlineData(@"\udc00\ud800x", @"\udc00\ud800x")]
    [InlineData(@"\u0000\u001F", @"\u0000\u001f")]
    [InlineData(@"\b\f\n\r\t", @"\b\f\n\r\t")]
    [InlineData(@"\u0008\u000C\u000a\u000d\u0009", @"\b\f\n\r\t")]
    [InlineData(@"\\\""", @"\\\""")]
    [InlineData(@"\u0022\u005C", @"\""\\")]
    [InlineData(@"a\\u0041b", @"a\\u0041b")]
    [InlineData(@"plain then \u00e9 then \/", @"plain then \u00e9 then /")]
    public void A_string_is_written_as_Python_writes_it(string raw, string expected)
    {
        var output = new ByteBuilder(16);
        AsciiString.WriteRaw(output, Encoding.UTF8.GetBytes(raw));
        Assert.Equal($"\"{expected}\"", Encoding.ASCII.GetString(output.Span));
    }

    [Fact]
    public void Every_UTF_16_unit_comes_out_in_ASCII_and_reads_back_as_itself()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var output = new ByteBuilder(16);
            AsciiString.Write(output, [(char)code]);
            var written = Encoding.ASCII.GetString(output.Span);
            Assert.Equal(((char)code).ToString(), JsonText.Decode(output.Span[1..^1]));
            Assert.True(
                code is < ' ' or > '~' or '"' or '\\'
                    ? written.Length is 4 or 8 && written[1] == '\\'
                    : written.Length == 3,
                written
            );
            Assert.Equal(written.ToLowerInvariant(), code is >= 'A' and <= 'Z' ? written.ToLowerInvariant() : written);
        }
    }
}
