namespace OpenAICassette.Samples;

/// <summary>The samples of docs/test-frameworks.md.</summary>
public static class FrameworkSamples
{
    public sealed class AtlasTests : IDisposable
    {
        private readonly CassetteSession _cassette = CassetteSession.Start(test: "shared");

        public void Dispose() => _cassette.Dispose();
    }

    internal static void StartsForACase(string country)
    {
        using var cassette = CassetteSession.Start(new() { Case = country });
    }

    internal static void Starts()
    {
        using var cassette = CassetteSession.Start();
    }

    internal static async Task AnswersOneClientAsync(Uri address)
    {
        // csharpier-ignore
        using var handler = new CassetteMessageHandler("cassettes/atlas", new CassetteSessionOptions(), new SocketsHttpHandler());
        using var client = new HttpClient(handler);
        await client.GetStringAsync(address);
        handler.Verify();
    }
}
