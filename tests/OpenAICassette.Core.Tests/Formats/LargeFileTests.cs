using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Large files met in a folder are probed by their first 64 KiB, wherever those end.</summary>
public sealed class LargeFileTests : IDisposable
{
    private const int Head = 64 << 10;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_large_recording_is_found_when_the_probed_part_ends_inside_a_value() =>
        AssertFound($$"""{"notes": "{{new string('n', Head)}}",""");

    [Fact]
    public void A_large_recording_is_found_when_the_probed_part_ends_between_two_members() =>
        AssertFound($$"""{"notes": "{{new string('n', Head - 100)}}",{{new string(' ', 200)}}""");

    [Fact]
    public void A_large_recording_is_found_when_the_probed_part_ends_inside_a_name()
    {
        var start = """{"notes": "", "request""".Length;
        AssertFound($$"""{"notes": "{{new string('n', Head - start + 3)}}", """);
    }

    [Fact]
    public void A_large_file_that_is_no_cassette_is_passed_over()
    {
        _folder.Add("large.json", Encoding.UTF8.GetBytes($$"""{"notes": 1, "text": "{{new string('x', 2 << 20)}}"}"""));
        _folder.Add("large.txt", new byte[2 << 20]);
        Assert.All(Load(), load => Assert.NotNull(load.SkippedBecause));
    }

    [Fact]
    public void A_string_of_100_MB_inside_a_recording_is_read()
    {
        var text = new string('x', 100_000_000);
        var path = _folder.Add(
            "large.json",
            Encoding.UTF8.GetBytes($$$"""{"request": {"url": "x"}, "response": {"body": "{{{text}}}"}}""")
        );
        Assert.Equal(text.Length, CassetteStore.Open(path).Interactions[0].Response.Body.Json.Text!.Length);
    }

    private void AssertFound(string beginning)
    {
        var rest = $$$""" "request": {"url": "x"}, "response": {"body": "{{{new string('x', 2 << 20)}}}"}}""";
        _folder.Add("large.json", Encoding.UTF8.GetBytes(beginning + rest));
        var load = Assert.Single(Load());
        Assert.Null(load.SkippedBecause);
        Assert.Equal("large.json", load.Cassette?.Name);
    }

    private List<CassetteLoad> Load() => [.. CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true))];
}
