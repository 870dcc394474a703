using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

public class SiteTests
{
    private static readonly string[] s_names = ["../../x.json", "x.json", "/x.json", "..", "index"];

    [Theory]
    [InlineData(SiteOutput.Html, "index.html", ".html")]
    [InlineData(SiteOutput.Markdown, "README.md", ".md")]
    public void The_index_leads_to_every_page_and_every_page_back(SiteOutput output, string index, string extension)
    {
        using var cassettes = new TempFolder();
        using var site = new TempFolder();
        foreach (var name in new[] { "a.json", "sub dir/b & c.json", "sub dir/ü#?.json" })
        {
            cassettes.Add(name, File.ReadAllBytes(Repository.Capitals));
        }

        var writer = new TranscriptSite(site.FullName, output);
        var files = CassetteStore
            .Load(CassetteStore.Find(cassettes.FullName, recurse: true))
            .Select(load => writer.Write(SitePage.Of(load.Cassette!, output, site.FullName)))
            .ToList();
        writer.WriteIndex();
        Assert.Equal(3, files.Count);
        Assert.Equal(Path.Join(site.FullName, index), writer.IndexPath);
        Assert.Equal(files, IndexedPages(site.FullName, output));
        for (var i = 0; i < files.Count; i++)
        {
            Assert.EndsWith(extension, files[i], StringComparison.Ordinal);
            var links = Links(files[i]).ToList();
            Assert.All(links, link => Assert.True(File.Exists(link), link));
            Assert.Contains(writer.IndexPath, links);
            Assert.Equal(i > 0, links.Contains(files[Math.Max(i - 1, 0)]));
            Assert.Equal(i + 1 < files.Count, links.Contains(files[Math.Min(i + 1, 2)]));
        }
    }

    [Fact]
    public void Two_cassettes_of_the_same_name_get_two_pages_and_none_leaves_the_site()
    {
        using var folder = new TempFolder();
        var site = new TranscriptSite(Path.Join(folder.FullName, "site"), SiteOutput.Html);
        var bytes = File.ReadAllBytes(Repository.Capitals);
        var files = s_names
            .Select(name =>
                site.Write(SitePage.Of(CassetteStore.Open(bytes, CassetteOrigin.OfMemory(name)), SiteOutput.Html))
            )
            .ToList();
        Assert.Equal(5, files.Distinct().Count());
        Assert.All(files, file => Assert.Equal(Path.Join(folder.FullName, "site"), Path.GetDirectoryName(file)));
        Assert.DoesNotContain(files, file => file == site.IndexPath);
    }

    [Fact]
    public void A_page_loads_nothing_and_runs_no_script_but_its_own()
    {
        var one = new Transcript(CassetteStore.Open(Repository.Capitals).Conversation());
        Assert.DoesNotContain("<script", HtmlPage.Render([one]), StringComparison.Ordinal);
        var page = HtmlPage.Render([one, one]);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        var script = page.Split("<script>")[1].Split("</script>")[0];
        var hash = Convert.ToBase64String(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script))
        );
        Assert.Contains(
            $"default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; script-src 'sha256-{hash}';",
            page,
            StringComparison.Ordinal
        );
    }

    /// <summary>Returns the pages that the index leads to.</summary>
    private static IEnumerable<string> IndexedPages(string site, SiteOutput output) =>
        output == SiteOutput.Markdown
            ? Links(Path.Join(site, "README.md"))
            : SiteData.Rows(site).Select(row => Path.GetFullPath(Path.Join(site, Uri.UnescapeDataString(row.Address))));

    /// <summary>Returns the files that a page leads to.</summary>
    private static IEnumerable<string> Links(string file) =>
        System
            .Text.RegularExpressions.Regex.Matches(
                File.ReadAllText(file),
                "(?<=href=\"|\\]\\()[^#\")][^\")]*(?=\"|\\))"
            )
            .Where(match => !match.Value.StartsWith("http", StringComparison.Ordinal))
            .Select(match =>
                Path.GetFullPath(Path.Join(Path.GetDirectoryName(file), Uri.UnescapeDataString(match.Value)))
            );
}
