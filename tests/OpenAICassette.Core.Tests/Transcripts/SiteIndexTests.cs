using System.Text;
using System.Text.Json;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>The index of a site: what it holds, and what a browser makes of it.</summary>
public class SiteIndexTests
{
    [Fact]
    public void A_row_has_the_question_the_answer_and_what_it_can_be_filtered_by()
    {
        using var site = new TempFolder();
        Write(site.FullName, ("a.json", "### What is **it**?", "A thing.", "gpt-4o"), ("b.json", "x", "y", "gpt-4o"));
        var rows = SiteData.Rows(site.FullName);
        Assert.Equal(2, rows.Count);
        Assert.Equal(("a.json.html", "What is it?", "A thing."), (rows[0].Address, rows[0].Asked, rows[0].Said));
        Assert.Equal(["gpt-4o", "/v1/chat/completions", "stop", "", "t::a.json"], rows[0].Choices);
    }

    [Fact]
    public void Every_word_of_every_text_finds_its_conversations()
    {
        using var site = new TempFolder();
        Write(
            site.FullName,
            ("a.json", "Grüße aus Köln", new string('x', 500) + " needle", "m"),
            ("b.json", "東京 tower", "needle 42", "m"),
            ("c.json", "sk-0123456789abcdefghijklmnop", "x", "m")
        );
        var words = SiteData.Words(site.FullName);
        Assert.Equal("0 1", words["needle"]);
        Assert.Equal("0", words["grüße"]);
        Assert.Equal("1", words["東"]);
        Assert.Equal("1", words["京"]);
        Assert.Equal("1", words["42"]);
        Assert.Equal("0 1 1", words["json"]);
        Assert.Equal("0", words[new string('x', 40)]);
        Assert.DoesNotContain(words.Keys, word => word.Contains("0123456789", StringComparison.Ordinal));
    }

    [Fact]
    public void Recorded_text_is_inert_in_the_data()
    {
        using var site = new TempFolder();
        Write(site.FullName, ("a.json", "\u2028\u2029\"</script><script>alert(1)\\\n\t", "'+alert(2)+'", "m\t\n<b>"));
        var row = Assert.Single(SiteData.Rows(site.FullName)); // which reads only one call with one literal
        Assert.Equal("\"</script><script>alert(1)\\", row.Asked);
        Assert.Equal("m <b>", row.Choices[0].Replace("  ", " ", StringComparison.Ordinal));
        Assert.DoesNotContain(
            "<script>alert",
            File.ReadAllText(Path.Join(site.FullName, "index.html")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_same_cassettes_make_the_same_site_in_every_culture()
    {
        using var one = new TempFolder();
        using var other = new TempFolder();
        (string, string, string, string)[] talks =
        [
            ("i.json", "I IN İstanbul", "ISTANBUL", "m"),
            ("ä.json", "Z", "z", "m"),
        ];
        Write(one.FullName, talks);
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("tr-TR");
            Write(other.FullName, talks);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }

        foreach (var file in Directory.GetFiles(one.FullName, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(one.FullName, file);
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Join(other.FullName, path)));
        }
    }

    [ChromiumTheory]
    [InlineData("", "q0", 100, "1 of 2")]
    [InlineData("page=2", "q100", 20, "2 of 2")]
    [InlineData("q=needle", "q7", 1, null)]
    [InlineData("q=need", "q7", 1, null)]
    [InlineData("q=needle+nothing", null, 0, null)]
    [InlineData("model=m1", "q1", 60, null)]
    [InlineData("test=n9", "q9", 11, null)]
    [InlineData("sort=-asked", "q99", 100, "1 of 2")]
    [InlineData("group=model", "q0", 100, "1 of 2")]
    public void A_browser_shows_what_the_address_says(string state, string? first, int count, string? page)
    {
        using var site = new TempFolder();
        Write(
            site.FullName,
            [
                .. Enumerable
                    .Range(0, 120)
                    .Select(i => ($"n{i}.json", $"q{i}", i == 7 ? new string('x', 900) + " needle" : "a", $"m{i % 2}")),
            ]
        );
        var index = Path.Join(site.FullName, "index.html");
        var (document, console) = Chromium.Open(index, 1280, fragment: state);
        Assert.Equal(string.Empty, console);
        var links = System.Text.RegularExpressions.Regex.Matches(
            document,
            "<td class=\"asked\"[^>]*><a href=\"([^\"]*)\"[^>]*>([^<]*)<"
        );
        Assert.Equal(count, links.Count);
        Assert.Equal(first, links.FirstOrDefault()?.Groups[2].Value);
        Assert.All(links, link => Assert.True(File.Exists(Path.Join(site.FullName, link.Groups[1].Value)), link.Value));
        Assert.Equal(page is null, document.Contains("<div class=\"pages\" hidden", StringComparison.Ordinal));
        Assert.Contains(page ?? string.Empty, document, StringComparison.Ordinal);
    }

    private static void Write(string folder, params (string Name, string Asked, string Said, string Model)[] talks)
    {
        var site = new TranscriptSite(folder, SiteOutput.Html);
        foreach (var (name, asked, said, model) in talks)
        {
            var recording = new
            {
                test_id = $"t::{name}",
                request = new
                {
                    method = "POST",
                    url = "https://api.example.com/v1/chat/completions",
                    headers = new { },
                    body = new { model, messages = new[] { new { role = "user", content = asked } } },
                    endpoint = "/v1/chat/completions",
                    model,
                },
                response = new
                {
                    body = new
                    {
                        model,
                        choices = new[]
                        {
                            new
                            {
                                index = 0,
                                message = new { content = said },
                                finish_reason = "stop",
                            },
                        },
                    },
                    is_streaming = false,
                },
            };
            var bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(recording));
            site.Write(SitePage.Of(CassetteStore.Open(bytes, CassetteOrigin.OfMemory(name)), SiteOutput.Html, folder));
        }

        site.WriteIndex();
    }
}
