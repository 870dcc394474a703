using OpenAICassette.Capture;

namespace OpenAICassette.Tests;

public sealed class TestPlaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_cassette_lies_beside_the_source_file_and_is_named_after_the_test_and_the_case()
    {
        var source = _folder.Add("tests/ChatTests.cs", []);
        Assert.Equal(_folder["tests/cassettes/ChatTests/Asks/Paris"], TestPlace.Of(source, "Asks", "Paris"));
        Assert.Equal(_folder["tests/cassettes/ChatTests/Asks"], TestPlace.Of(source, "Asks", null));
        Assert.Matches(@"/what_ [0-9a-f]{8}$", TestPlace.Of(source, "what?").Replace('\\', '/'));
    }

    [Theory]
    [InlineData("/_/tests/ChatTests.cs")]
    [InlineData("/_1/tests/ChatTests.cs")]
    public void A_source_file_of_a_reproducible_build_is_found_above_the_program(string file)
    {
        var source = _folder.Add("tests/ChatTests.cs", []);
        Assert.Equal(source, TestPlace.Find(file, _folder["tests/bin/x"]));
    }

    [Fact]
    public void A_source_file_from_elsewhere_is_an_error_that_asks_for_a_path()
    {
        var problem = Assert.Throws<ArgumentException>(() => TestPlace.Find("/_/gone/ChatTests.cs", _folder.FullName));
        Assert.Contains("/_/gone/ChatTests.cs is not on this machine", problem.Message, StringComparison.Ordinal);
    }
}
