using System.Text.RegularExpressions;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>Pages as a browser shows them.</summary>
public partial class BrowserTests
{
    /// <summary>
    /// Tells in the title how wide the page is and how wide it may be. The page itself forbids such a script.
    /// </summary>
    private const string Measure =
        "<script>for(const d of document.querySelectorAll('details'))d.open=true;document.title=document.documentElement.scrollWidth+' of '+document.documentElement.clientWidth</script>";

    private static string Golden =>
        Path.Join(Repository.Root, "tests", "OpenAICassette.Core.Tests", "Transcripts", "Golden");

    [ChromiumTheory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public void No_page_scrolls_sideways_on_a_phone_or_a_desk(int width, bool isDark)
    {
        using var folder = new TempFolder();
        foreach (var (name, page) in Pages())
        {
            var path = folder.Add(
                $"{name}.html",
                System.Text.Encoding.UTF8.GetBytes(
                    Policy()
                        .Replace(page, string.Empty)
                        .Replace("</body>", Measure + "</body>", StringComparison.Ordinal)
                )
            );
            var title = Title().Match(Chromium.Open(path, width, isDark).Document).Groups[1].Value.Split(" of ");
            Assert.True(
                int.Parse(title[0], System.Globalization.CultureInfo.InvariantCulture)
                    <= int.Parse(title[1], System.Globalization.CultureInfo.InvariantCulture),
                $"{name} is {title[0]} of {title[1]} wide"
            );
        }
    }

    [ChromiumTheory]
    [InlineData(390)]
    [InlineData(1280)]
    public void What_was_said_stays_text_and_the_console_stays_empty(int width)
    {
        using var folder = new TempFolder();
        foreach (var (name, page) in Pages())
        {
            var path = folder.Add($"{name}.html", System.Text.Encoding.UTF8.GetBytes(page));
            var (document, console) = Chromium.Open(path, width);
            Assert.Equal(string.Empty, console);
            Assert.DoesNotContain("<title>broken out</title>", document, StringComparison.Ordinal);
            Assert.Equal(page.Split("<script").Length, document.Split("<script").Length);
            Assert.DoesNotContain("onerror=\"", document, StringComparison.Ordinal);
        }
    }

    [ChromiumTheory]
    [InlineData("view-md", "formatted")]
    [InlineData("view-raw", "**as recorded**")]
    public void A_message_is_shown_formatted_or_as_it_was_recorded(string view, string shown)
    {
        const string script =
            "<script>document.getElementById('VIEW').checked=true;"
            + "document.title=document.querySelector('.assistant .said').innerText.trim()</script>";
        var page = HtmlPage.Render([new Transcript(Said(view == "view-md" ? "**formatted**" : shown).Conversation())]);
        using var folder = new TempFolder();
        var path = folder.Add(
            "page.html",
            System.Text.Encoding.UTF8.GetBytes(
                Policy()
                    .Replace(page, string.Empty)
                    .Replace(
                        "</body>",
                        script.Replace("VIEW", view, StringComparison.Ordinal) + "</body>",
                        StringComparison.Ordinal
                    )
            )
        );
        Assert.Equal(shown, Title().Match(Chromium.Open(path, 800).Document).Groups[1].Value);
    }

    /// <summary>The page of the hostile recording, of one with an image, the list of all, a session, and wide ones.</summary>
    private static IEnumerable<(string Name, string Page)> Pages()
    {
        var all = Directory
            .GetFiles(Golden, "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => new Transcript(CassetteStore.Open(path).Conversation()))
            .ToList();
        yield return ("hostile", HtmlPage.Render([all.Single(transcript => transcript.Name == "hostile.json")]));
        yield return ("image", HtmlPage.Render([all.Single(transcript => transcript.Name == "ollama-chat.json")]));
        yield return ("list", HtmlPage.Render(all));
        yield return ("session", HtmlPage.Render([BuiltSession.Told(RealtimeTranscriptTests.Spoken)]));
        var wide =
            $"| {new string('a', 90)} | b |\n| - | - |\n| c | {new string('d', 90)} |\n\n```\n{new string('e', 300)}\n```\n\n"
            + $"## {new string('f', 200)}\n\n- **{new string('g', 200)}** `{new string('h', 200)}`";
        yield return ("markdown", HtmlPage.Render([new Transcript(Said(wide).Conversation())]));
        yield return (
            "comparison",
            Comparison.ComparisonHtml.Render([
                CassetteComparer.Compare(Said(wide).Interactions[0], Said("</td><script>x</script>").Interactions[0]),
                CassetteComparer.Compare(
                    Said("<img src=x onerror=alert(1)>").Interactions[0],
                    Said(wide).Interactions[0]
                ),
            ])
        );
    }

    private static Cassette Said(string text) =>
        BuiltCassette.Of(new { body = new { choices = new[] { new { message = new { content = text } } } } });

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex("<title>(.*?)</title>")]
    private static partial Regex Title();
}
