using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenAICassette.Search;

namespace OpenAICassette.Tests;

/// <summary>A screen never rules out a document with a match, however its text is cut and written.</summary>
public class TextScreenTests
{
    private const int Rounds = 4000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_text_is_lost_however_it_is_cut_escaped_and_nested(bool ignoresCase)
    {
        var random = new Random(20240611);
        var screened = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var text = TextOf(random, random.Next(8, 60));
            var document = Written(random, Cut(random, text));
            var start = random.Next(text.Length - 4);
            var wanted = text.Substring(start, random.Next(3, text.Length - start));
            var pattern = TextPattern.Create(wanted, isText: true, ignoresCase);
            Assert.True(pattern.IsIn(text));
            screened += pattern.Screen is null ? 0 : 1;
            Assert.True(
                pattern.Screen?.MayBeIn(document) != false,
                $"'{wanted}' is lost in {Encoding.UTF8.GetString(document)}"
            );
        }

        Assert.True(screened > Rounds / 4);
    }

    [Fact]
    public void A_text_that_is_not_there_is_ruled_out()
    {
        var document = Encoding.UTF8.GetBytes("""{"1":"Hel","2":"lo, wor","3":"ld","4":"caf\u00e9 \"x\""}""");
        bool MayBeIn(string text) => TextScreen.Create([text], ignoresCase: false)!.MayBeIn(document);
        Assert.True(MayBeIn("Hello"));
        Assert.True(MayBeIn("wor"));
        Assert.True(MayBeIn("world"));
        Assert.False(MayBeIn("word"));
        Assert.False(MayBeIn("Help"));
        Assert.False(MayBeIn("zebra"));
        Assert.False(TextScreen.Create(["zebra"], ignoresCase: true)!.MayBeIn(document));
        Assert.True(TextScreen.Create(["HELLO"], ignoresCase: true)!.MayBeIn(document));
    }

    [Theory]
    [InlineData(@"{""a"":""\u0048ello""}")]
    [InlineData(@"{""a"":""{\""b\"":\""\\u0048ello\""}""}")]
    [InlineData(@"{""a"":""{\""b\"":\""\\"",""c"":""u0048ello\""}""}")]
    [InlineData(@"{""a"":""{\""b\"":\""\\u00"",""c"":""48ello\""}""}")]
    public void A_text_that_may_be_hidden_in_escapes_is_not_ruled_out(string document) =>
        Assert.True(TextScreen.Create(["Hello"], ignoresCase: false)!.MayBeIn(Encoding.UTF8.GetBytes(document)));

    [Theory]
    [InlineData("hello world", false, "hello world")]
    [InlineData("a.*needle[0-9]+", false, "needle")]
    [InlineData("colou?r", false, "colo")]
    [InlineData("abc*def+gh", false, "def")]
    [InlineData("x{2}yes(no)?", false, "yes")]
    [InlineData(@"\bword\b", false, "word")]
    [InlineData(@"file\.txt", false, "file.txt")]
    [InlineData("one|other", false, "one|other")]
    [InlineData("one|[0-9]|other", false, null)]
    [InlineData("one|", false, null)]
    [InlineData(@"c\w+ two|(a|b)three", false, " two|three")]
    [InlineData("(?i)hello", false, null)]
    [InlineData("(?<name>a)bcd", false, "bcd")]
    [InlineData("(a|b)cde(f(g)h)ij", false, "cde")]
    [InlineData(@"\u0041bcdef", false, null)]
    [InlineData(@"\p{Lu}bcdef", false, null)]
    [InlineData(@"(x)\1bcdef", false, null)]
    [InlineData("[]a]bcd", false, "bcd")]
    [InlineData("[a-z-[aeiou]]bcd", false, null)]
    [InlineData("kelvin", true, "elv")]
    [InlineData("a{,3}b", false, "b")]
    [InlineData("a{x}bc", false, "bc")]
    public void A_required_text_is_found_in_a_pattern_or_none(string pattern, bool ignoresCase, string? expected) =>
        Assert.Equal(expected ?? string.Empty, string.Join('|', RequiredText.Find(pattern, ignoresCase)));

    [Fact]
    public void A_required_text_stands_in_every_match_of_random_patterns()
    {
        var random = new Random(7);
        string[] parts =
        [
            "ab",
            "c?",
            "d*",
            "e+",
            "[fg]",
            "(h|i)",
            "(jk)?",
            ".",
            @"\.",
            "l{2}",
            "m{0,1}",
            "n",
            @"\w",
            "^",
            "o{1,2}?",
            "|",
        ];
        for (var round = 0; round < Rounds; round++)
        {
            var pattern = string.Concat(
                Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)])
            );
            var subject = string.Concat(Enumerable.Range(0, 40).Select(_ => "abcdefghijklmno."[random.Next(16)]));
            var required = RequiredText.Find(pattern, ignoresCase: false);
            var match = TextPattern.Create(pattern, isText: false, ignoresCase: false).Find(subject, 0);
            if (required.Count > 0 && match.Success)
            {
                Assert.Contains(required, text => match.Value.Contains(text, StringComparison.Ordinal));
            }
        }
    }

    private static string TextOf(Random random, int length)
    {
        const string letters = "aeikstKSI lo.-_nr019,\"\\/\n\té€<&'{}:";
        return string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)]));
    }

    private static List<string> Cut(Random random, string text)
    {
        var pieces = new List<string>();
        for (var at = 0; at < text.Length; )
        {
            var end = Math.Min(text.Length, at + random.Next(0, random.Next(2) == 0 ? 4 : 40));
            pieces.Add(text[at..end]);
            at = end;
        }

        return pieces;
    }

    /// <summary>Writes a document with a string for each piece, as one of the ways in which recorders do it.</summary>
    private static byte[] Written(Random random, List<string> pieces)
    {
        var options = new JsonSerializerOptions
        {
            Encoder = random.Next(3) switch
            {
                0 => JavaScriptEncoder.Default,
                _ => JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            },
            WriteIndented = random.Next(2) == 0,
        };
        var chunks = pieces.Select(piece => new { delta = new { content = piece }, index = 0 }).ToArray();
        object document =
            random.Next(2) == 0
                ? new { body = chunks }
                : new
                {
                    body = string.Concat(
                        chunks.Select(chunk => $"data: {JsonSerializer.Serialize(chunk, options)}\n\n")
                    ),
                };
        return JsonSerializer.SerializeToUtf8Bytes(document, options);
    }
}
