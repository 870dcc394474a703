namespace OpenAICassette.Tests;

/// <summary>Waits until a condition holds, and fails the test if it never does.</summary>
internal static class Soon
{
    private const int MaxTries = 12_000;

    public static async Task UntilAsync(Func<bool> condition, Func<string> failure)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < MaxTries, failure());
            await Task.Delay(5);
        }
    }
}
