using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class JsonSizeTests
{
    [Theory]
    [InlineData("[1,2,3]", 4)]
    [InlineData("""{"a":1,"b":[]}""", 6)]
    [InlineData("""["a,b",",[{:\",",1]""", 4)]
    [InlineData("  \r\n\t[[],[]]", 5)]
    [InlineData("""["\\","a,b"]""", 3)]
    public void Values_are_counted_and_what_is_in_strings_is_not(string json, int least)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        Assert.True(JsonSize.HasMoreValuesThan(utf8, least - 1));
        Assert.False(JsonSize.HasMoreValuesThan(utf8, 2 * least));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b,c,d,e,f,g,h")]
    [InlineData("\"a,b,c\"")]
    [InlineData("[\"a")]
    [InlineData("[\"a\\")]
    [InlineData("[1,2]\n[3,4]\n[5,6]")]
    public void Other_texts_are_not_counted_nor_is_what_breaks_off(string text) =>
        Assert.False(JsonSize.HasMoreValuesThan(Encoding.UTF8.GetBytes(text), 3));
}
