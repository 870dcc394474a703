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
        foreach (var load in CassetteStore.Load(CassetteStore.Find(cassettes.FullName, recurse: true)))
        {
            var file = writer.Write(SitePage.Of(load.Cassette!, output));
            Assert.EndsWith(extension, file, StringComparison.Ordinal);
            var text = File.ReadAllText(file);
            Assert.Contains(
                load.Cassette!.RelativePath.Contains('/', StringComparison.Ordinal) ? $"../{index}" : index,
                text,
                StringComparison.Ordinal
            );
        }

        writer.WriteIndex();
        var links = System
            .Text.RegularExpressions.Regex.Matches(
                File.ReadAllText(writer.IndexPath),
                "(?<=href=\"|\\]\\()[^\")]+(?=\"|\\))"
            )
            .Select(match => Uri.UnescapeDataString(match.Value))
            .ToList();
        Assert.Equal(3, links.Count);
        Assert.All(links, link => Assert.True(File.Exists(Path.Join(site.FullName, link)), link));
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
            $"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{hash}';",
            page,
            StringComparison.Ordinal
        );
    }
}
