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

    /// <summary>The page of the hostile recording, of one with an image, and the list of all.</summary>
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
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex("<title>(.*?)</title>")]
    private static partial Regex Title();
}
