namespace OpenAICassette.Tests;

/// <summary>Waits for what must happen soon, and not for ever.</summary>
internal static class Soon
{
    private const int MostTries = 12_000;

    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < MostTries, "it did not happen");
            await Task.Delay(5);
        }
    }
}
