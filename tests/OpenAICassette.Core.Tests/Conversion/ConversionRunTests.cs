using OpenAICassette.Conversion;
using OpenAICassette.Formats;

namespace OpenAICassette.Tests;

public sealed class ConversionRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_cassette_that_is_joined_is_told()
    {
        var run = new ConversionRun(CassetteDestination.OfFolder(_folder["out"]), "har");
        Assert.Null(run.WriteJoined("none.har", () => Assert.Fail("nothing was taken"), CancellationToken.None));
        var cassette = CassetteStore.Open(Repository.Capitals);
        run.Take(cassette);
        run.Take(cassette);
        var joined = 0;
        var written = run.WriteJoined("all.har", () => joined++, CancellationToken.None);
        Assert.Equal((2, 2, 2), (run.Taken, joined, written!.Interactions.Count));
    }
}
