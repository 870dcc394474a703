using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Tests;

/// <summary>Cookies in texts: in fields that are folded over lines, and without the name of a field.</summary>
public class CookieTests
{
    [Theory]
    [InlineData("Set-Cookie:\r\n  sid={a:32}; Path=/\r\nDate: today", 1)]
    [InlineData("Cookie: a={a:32};\n\tb={a:32}; lang=en\nHost: example.com", 2)]
    [InlineData("Cookie: a={a:32};\r\n b={a:32};\r\n c={a:32}", 3)]
    [InlineData("Cookie: theme=dark;\n lang=en\n\nname={a:32}", 0)]
    [InlineData("Set-Cookie: a={a:32}; Path=/\nSet-Cookie: b={a:32}; Path=/", 2)]
    [InlineData("-H 'Cookie: a={a:32}' \\\n -H 'Accept: {a:32}'", 1)]
    public void A_field_that_is_folded_is_one_field(string text, int expected)
    {
        var matches = SecretRules.Standard.Find(ExampleText.Write(text, 1));
        Assert.Equal(expected, matches.Count);
        Assert.All(matches, match => Assert.Equal(("cookie", 32), (match.Rule.Id, match.Length)));
    }

    [Theory]
    [InlineData("  - __cf_bm={u:43}.{d:10}-1.0.1.1-{u:60}; path=/; HttpOnly")]
    [InlineData("jar: _cfuvid={u:43}-{d:13}-0.0.1.1-{d:9}")]
    [InlineData("cf_clearance={u:43}")]
    public void A_known_cookie_is_found_without_its_field(string text)
    {
        var written = ExampleText.Write(text, 1);
        var match = Assert.Single(SecretRules.Standard.Find(written));
        var start = written.IndexOf('=', StringComparison.Ordinal) + 1;
        var end = written.IndexOf(';', StringComparison.Ordinal) is var found and > 0 ? found : written.Length;
        Assert.Equal(("cookie", start, end), (match.Rule.Id, match.Start, match.End));
    }

    [Theory]
    [InlineData("the cookie __cf_bm=... is set by Cloudflare")]
    [InlineData("__cf_bm=REDACTED_COOKIE_1; path=/")]
    public void A_mention_of_a_known_cookie_is_none(string text) => Assert.Empty(SecretRules.Standard.Find(text));
}
