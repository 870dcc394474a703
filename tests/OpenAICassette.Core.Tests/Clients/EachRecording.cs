using System.Collections.Concurrent;

namespace OpenAICassette.Tests;

/// <summary>Many recordings, asked for at once.</summary>
internal static class EachRecording
{
    /// <summary>Checks every call, and fails with the names of all that do not pass.</summary>
    public static async Task CheckAsync(IReadOnlyCollection<RecordedCall> calls, Func<RecordedCall, Task> check)
    {
        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(calls, async (call, _) =>
        {
            try
            {
                await check(call);
            }
#pragma warning disable CA1031 // Whatever goes wrong with one recording is told, with its name, together with the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures.Add($"{call}: {e.Message}");
            }
        });
        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures.Order(StringComparer.Ordinal)));
    }
}
