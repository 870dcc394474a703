using System.Text;
using OpenAICassette.Search;

namespace OpenAICassette.Tests;

/// <summary>What a search finds, and where.</summary>
public sealed class CassetteSearchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_match_has_its_place_its_role_and_its_line()
    {
        var matches = Find("""{"role":"user","content":"first\nThe Nets play"}""", "Nets p");
        var match = Assert.Single(matches);
        Assert.Equal(
            ("request /messages/0/content", "user", 2, "The Nets play", 4, "Nets p", 0),
            (match.Place, match.Role, match.LineNumber, match.Line, match.Start, match.Match, match.Index)
        );
    }

    [Fact]
    public void Each_line_is_told_once_and_lines_without_a_match_are_not() =>
        Assert.Equal(
            [(1, "one one"), (3, "one")],
            Find("""{"role":"user","content":"one one\ntwo\none"}""", "one")
                .Select(match => (match.LineNumber, match.Line))
        );

    [Fact]
    public void Escapes_in_the_arguments_of_a_tool_are_decoded() =>
        Assert.Equal(
            "request /messages/0/arguments > /city",
            Assert.Single(Find("""{"role":"assistant","arguments":"{\"city\": \"Z\\u00fcrich\"}"}""", "Zürich")).Place
        );

    [Fact]
    public void Pictures_are_not_searched() =>
        Assert.Empty(Find($$"""{"role":"user","content":"data:image/png;base64,{{new string('A', 400)}}"}""", "AAAA"));

    [Fact]
    public void Case_counts_unless_it_is_ignored()
    {
        const string message = """{"role":"user","content":"Hello"}""";
        Assert.Empty(Find(message, "hello"));
        Assert.Single(Find(message, "hello", ignoresCase: true));
    }

    [Fact]
    public void What_chunks_repeat_is_told_once_and_what_they_change_is_found()
    {
        static string Chunk(string mark, string unit) =>
            $$"""{"object":"chunk","mark":"{{mark}}","more":[{"unit":"{{unit}}"}]}""";
        var matches = FindIn(
            $$"""{"is_streaming":true,"body":[{{Chunk("m-12", "a")}},{{Chunk("m-12", "u-7")}},{{Chunk("m-12", "u-8")}}]}""",
            "[a-z]-[0-9]+"
        );
        Assert.Equal(
            [
                ("response chunk 0 /mark", "m-12"),
                ("response chunk 1 /more/0/unit", "u-7"),
                ("response chunk 2 /more/0/unit", "u-8"),
            ],
            matches.Select(match => (match.Place, match.Line))
        );
    }

    [SharedDataFact]
    public void In_the_corpus_the_screen_loses_no_match()
    {
        var files = CassetteStore.Find(SharedData.Recordings, recurse: true).ToList();
        var random = new Random(11);
        var texts = CassetteStore
            .Load(files)
            .Select(load => load.Cassette)
            .OfType<Cassette>()
            .Where(_ => random.Next(12) == 0)
            .SelectMany(cassette => cassette.Interactions)
            .SelectMany(interaction => new RecordedTexts(_ => true).Of(interaction).ToList())
            .Where(text => text.Text.Length > 12)
            .ToList();
        for (var round = 0; round < 25; round++)
        {
            var text = texts[random.Next(texts.Count)].Text;
            var wanted = text.Substring(random.Next(text.Length - 10), 10);
            var search = new CassetteSearch(TextPattern.Create(wanted, isText: true, ignoresCase: round % 3 == 0));
            int Count(IEnumerable<CassetteFile> given) =>
                CassetteStore.Load(given, (cassette, _) => search.Find(cassette).Count()).Sum(load => load.Result);
            var all = Count(files);
            Assert.True(all > 0, wanted);
            Assert.Equal(all, Count(search.Screened(files)));
        }
    }

    private List<TextMatch> Find(string message, string pattern, bool ignoresCase = false) =>
        Find(message, """{"body":1}""", pattern, ignoresCase);

    private List<TextMatch> FindIn(string response, string pattern) =>
        Find("""{"role":"user","content":"Hi"}""", response, pattern);

    private List<TextMatch> Find(string message, string response, string pattern, bool ignoresCase = false)
    {
        var text = $$$"""{"request":{"url":"x","body":{"messages":[{{{message}}}]}},"response":{{{response}}}}""";
        var cassette = CassetteStore.Open(_folder.Add("a.json", Encoding.UTF8.GetBytes(text)));
        return [.. new CassetteSearch(TextPattern.Create(pattern, isText: false, ignoresCase)).Find(cassette)];
    }
}
