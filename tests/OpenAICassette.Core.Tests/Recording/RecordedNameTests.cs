using System.Text.Json;
using OpenAICassette.Transcripts;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>No name in what is recorded leads a file out of its folder, to a device, or to the file of another.</summary>
public class RecordedNameTests
{
    private static readonly string[] s_ids =
    [
        "",
        "::x",
        "/etc/cron.d/x.py::t",
        "../../../x.py::t",
        "a/../../x.py::t",
        "..\\..\\x.py::t",
        "C:\\x\\y.py::t",
        "C:x/y.py::t",
        "NUL/x.py::t",
        "a/CON.txt/x.py::t",
        "CON",
        "aux.yaml",
        "a/b./x.py::t",
        "a/b /x.py::t",
        "a/./x.py::t",
        "a//x.py::t",
        "a/\0/x.py::t",
        "a/\u001b[2J/x.py::t",
        "a/\u202e/x.py::t",
        "a/\ud800/x.py::t",
        $"a/{new string('b', 300)}/x.py::t",
        $"a/{new string('中', 200)}/x.py::t",
        new string('t', 5000),
        "tests/Case/x.py::t",
        "tests/case/x.py::t",
        "Test",
        "test",
        "TEST",
        "<script>.py::t",
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("vcrpy")]
    [InlineData("har")]
    public async Task Test_ids_stay_in_the_folder_and_apart(string? format)
    {
        using var outside = new TempFolder();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using (
            var session = new RecordingSession(
                upstream.Uri,
                folder,
                RecordMode.All,
                format: format,
                file: folder["in/r"]
            )
        )
        {
            foreach (var id in s_ids)
            {
                var header = JsonSerializer.Serialize(new Dictionary<string, string> { ["__test_id"] = id });
                Assert.Equal(200, (await session.AskAsync(headers: ("X-OGX-Provider-Data", header))).Status);
                Assert.True(session.Last.IsLost == session.Last.Error is not null, id);
            }

            Assert.Equal(0, session.Server.LostCount);
        }

        Assert.All(folder.Files, file => Assert.StartsWith("in/r/", file, StringComparison.Ordinal));
        Assert.All(folder.Files.SelectMany(file => file.Split('/')), SafeNameTests.AssertSafe);
        var files = folder.Files.Select(file => CassetteStore.Open(folder[file])).ToList();
        Assert.Equal(s_ids.Length, files.Sum(file => file.Interactions.Count));
        Assert.Equal(files.Count, folder.Files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData(SiteOutput.Html)]
    [InlineData(SiteOutput.Markdown)]
    public void Pages_stay_in_the_site_and_apart(SiteOutput output)
    {
        using var folder = new TempFolder();
        var site = new TranscriptSite(folder["site"], output);
        string[] names =
        [
            "../../x.json",
            "/etc/x.json",
            "..\\x.json",
            "C:\\x.json",
            "NUL.json",
            "a/CON",
            "index",
            "INDEX",
            "readme",
            "README",
            "a/B.json",
            "A/b.json",
            "a\u001b[31m.json",
            "a ./b..json",
            new string('中', 200) + ".json",
            "<img src=x>.json",
        ];
        foreach (var name in names)
        {
            var origin = CassetteOrigin.OfMemory(name) with { RelativePath = name };
            var cassette = CassetteStore.Open(File.ReadAllBytes(Repository.Capitals), origin);
            site.Write(SitePage.Of(cassette, output));
        }

        site.WriteIndex();
        var pages = folder.Files.Where(file => !file.Contains("/index-data/", StringComparison.Ordinal)).ToList();
        Assert.Equal(names.Length + 1, pages.Count);
        Assert.Equal(pages.Count, pages.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(pages, page => Assert.StartsWith("site/", page, StringComparison.Ordinal));
        Assert.All(pages.SelectMany(page => page.Split('/')), SafeNameTests.AssertSafe);
    }

    [Theory]
    [InlineData("../x.json")]
    [InlineData("a/../../x.json")]
    [InlineData("../inside-too/x.json")]
    public void A_cassette_whose_path_leads_out_of_the_destination_is_refused(string path)
    {
        using var folder = new TempFolder();
        var origin = CassetteOrigin.OfMemory("x.json") with { RelativePath = path };
        var cassette = CassetteStore.Open(File.ReadAllBytes(Repository.Capitals), origin);
        var destination = Formats.CassetteDestination.OfFolder(folder["inside"]);
        var error = Assert.Throws<CassetteException>(() => destination.Write(cassette));
        Assert.Equal(CassetteError.CassetteNotWritten, error.Error);
        Assert.Contains("is not below", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [UnixFact]
    public async Task Links_in_the_folder_of_recordings_are_not_followed_out_of_it()
    {
        using var outside = new TempFolder();
        using var folder = new TempFolder();
        await using var upstream = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        Directory.CreateSymbolicLink(folder["sub"], outside.FullName);
        foreach (
            var (format, id) in new (string?, string)[]
            {
                (null, "sub/x.py::t"),
                ("vcrpy", "linked"),
                ("vcrpy", "locked"),
            }
        )
        {
            outside.Add("victim", "untouched"u8);
            File.Delete(folder["linked.yaml"]);
            File.CreateSymbolicLink(folder["linked.yaml"], outside["victim"]);
            File.Delete(folder["locked.yaml.lock"]);
            File.CreateSymbolicLink(folder["locked.yaml.lock"], outside["victim"]);
            await using var session = new RecordingSession(upstream.Uri, folder, RecordMode.All, format: format);
            var header = JsonSerializer.Serialize(new Dictionary<string, string> { ["__test_id"] = id });
            Assert.Equal((200, Chat), await session.AskAsync(headers: ("X-OGX-Provider-Data", header)));
            Assert.Equal(["victim"], outside.Files);
            Assert.Equal("untouched", File.ReadAllText(outside["victim"]));
            if (session.Last.IsLost)
            {
                Assert.Contains("link", session.Last.Error, StringComparison.Ordinal);
            }
        }
    }
}
