using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

public class CodeHtmlTests
{
    [Theory]
    [InlineData("json", """{"a": "b", "c": [1, true]}""", "m\"a\" s\"b\" m\"c\" n1 ktrue")]
    [InlineData("python", "def f(x): # say\n  return 'a\\'b'", "kdef c# say kreturn s'a\\'b'")]
    [InlineData("py", "x = \"\"\"a\nb\"\"\"", "s\"\"\"a\nb\"\"\"")]
    [InlineData("C#", "var x = 1; // one\n/* two\n */ return \"s\";", "kvar n1 c// one c/* two\n */ kreturn s\"s\"")]
    [InlineData("pwsh", "ForEach ($x in $y) { 'it`'s' <# c #> }", "kForEach v$x kin v$y s'it`'s' c<# c #>")]
    [InlineData("bash", "if true; then echo \"$a\" a#b; fi # c", "kif kthen s\"$a\" kfi c# c")]
    [InlineData("cobol", "MOVE 1 TO X", "")]
    public void Tokens_have_the_class_of_their_kind(string language, string code, string expected)
    {
        var html = new StringBuilder();
        CodeHtml.Append(html, code, CodeLanguage.Find(language));
        var tokens = System
            .Text.RegularExpressions.Regex.Matches(
                html.ToString(),
                "<span class=\"(.)\">(.*?)</span>",
                System.Text.RegularExpressions.RegexOptions.Singleline
            )
            .Select(match => match.Groups[1].Value + System.Net.WebUtility.HtmlDecode(match.Groups[2].Value));
        Assert.Equal(expected, string.Join(' ', tokens));
        Assert.Equal(code, Text(html.ToString()));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("python")]
    [InlineData("csharp")]
    [InlineData("powershell")]
    [InlineData("shell")]
    [InlineData("javascript")]
    public void Any_code_stays_the_text_that_it_is(string language)
    {
        var random = new Random(7);
        string[] pieces =
        [
            "\"",
            "'",
            "`",
            "\\",
            "#",
            "//",
            "/*",
            "*/",
            "<#",
            "#>",
            "\n",
            " ",
            "$a",
            "if",
            "1",
            "<b>",
            "&",
        ];
        for (var i = 0; i < 300; i++)
        {
            var code = string.Concat(Enumerable.Range(0, 30).Select(_ => pieces[random.Next(pieces.Length)]));
            var html = new StringBuilder();
            CodeHtml.Append(html, code, CodeLanguage.Find(language));
            Assert.Equal(code, Text(html.ToString()));
            Assert.DoesNotContain("<b>", html.ToString(), StringComparison.Ordinal);
        }
    }

    private static string Text(string html) =>
        System.Net.WebUtility.HtmlDecode(
            System.Text.RegularExpressions.Regex.Replace(html, "</?span[^>]*>", string.Empty)
        );
}
