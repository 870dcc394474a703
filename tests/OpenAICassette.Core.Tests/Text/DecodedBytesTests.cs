using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class DecodedBytesTests
{
    [Theory]
    [InlineData("plain é")]
    [InlineData("a\\nb\\\\\\\"\\/\\t\\u00e9 \\u20ac")]
    [InlineData("\\ud83d\\ude00 \\uD83D\\uDE00")]
    [InlineData("\\ud83d")]
    [InlineData("\\ud83dx\\ude00")]
    [InlineData("\\ud83d\\ud83d\\ude00")]
    [InlineData("\\ud83d\\n\\u0000")]
    public void A_string_has_the_bytes_of_its_text(string raw)
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        Assert.Equal(Encoding.UTF8.GetBytes(JsonText.Decode(bytes)), JsonText.DecodeUtf8(bytes));
    }
}
