namespace OpenAICassette.Xunit.Tests;

[UseCassette(Mode = RecordMode.None, RequireAllUsed = true)]
public sealed class AtlasTests : IAsyncLifetime
{
    private Atlas _atlas = null!;

    public ValueTask InitializeAsync()
    {
        // A client that is made before the cassette is active.
        _atlas = new Atlas();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _atlas.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Names_the_capital_of_France()
    {
        Assert.Equal("Paris", await _atlas.CapitalOfAsync("France"));
        Assert.Equal(1, CassetteSession.Current!.PlayCount);
    }

    [Theory]
    [InlineData("Italy", "Rome")]
    [InlineData("Japan", "Tokyo")]
    public async Task Names_the_capital(string country, string capital)
    {
        Assert.Equal(capital, await _atlas.CapitalOfAsync(country));
        Assert.Single(CassetteSession.Current!.Requests);
    }
}
