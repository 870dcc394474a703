namespace OpenAICassette.Tests;

/// <summary>A file is read in the format that was asked for, whatever its content shows.</summary>
public sealed class AskedFormatTests : IDisposable
{
    private static ReadOnlySpan<byte> Archive =>
        """{"log":{"entries":[{"request":{"method":"POST","url":"https://h/v1/chat/completions","headers":[]},"response":{"status":200,"headers":[],"content":{"text":"{}"}}}]}}"""u8;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_is_named_is_read_in_it_or_an_error_says_why_not()
    {
        _folder.Add("a.json", Archive);
        Assert.Equal("har", Load("a.json", "HAR").Cassette?.Format);
        var load = Load("a.json", "vcrpy");
        Assert.Equal(CassetteError.CassetteFormatUnknown, load.Error?.Error);
        Assert.Contains("not a cassette of vcrpy", load.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_folder_files_that_are_something_else_are_skipped()
    {
        _folder.Add("in/a.har", Archive);
        _folder.Add("in/b.har", "{\"log\":"u8);
        _folder.Add(
            "in/c.json",
            "{\"Entries\":[{\"RequestUri\":\"https://h/\",\"RequestMethod\":\"GET\",\"StatusCode\":200}]}"u8
        );
        _folder.Add("in/d.md", "# Notes"u8);
        _folder.Add("in/e.har", "nothing"u8);
        var loads = Loads("in", "har");
        Assert.Equal(["a.har"], loads.Where(load => load.Cassette is not null).Select(load => load.File.RelativePath));
        Assert.Equal(
            ["b.har", "e.har"],
            loads.Where(load => load.Error is not null).Select(load => load.File.RelativePath)
        );
    }

    [Fact]
    public void A_format_that_does_not_exist_is_an_error_with_those_that_do()
    {
        _folder.Add("a.json", Archive);
        var error = Load("a.json", "vcr").Error;
        Assert.StartsWith("unknown format 'vcr'. Use one of ", error?.Problem, StringComparison.Ordinal);
        Assert.Contains(", har, ", error?.Problem, StringComparison.Ordinal);
    }

    private CassetteLoad Load(string path, string format) => Assert.Single(Loads(path, format));

    private List<CassetteLoad> Loads(string path, string format) =>
        [
            .. CassetteStore.Load(
                CassetteStore.Find(_folder[path], recurse: true).Select(file => file with { Format = format })
            ),
        ];
}
