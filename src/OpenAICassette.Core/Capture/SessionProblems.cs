namespace OpenAICassette.Capture;

/// <summary>Represents what went wrong with the requests of a session.</summary>
/// <param name="Path">The file or folder of the recordings.</param>
/// <param name="HowToRecord">The mode, why it is that mode, and how to record.</param>
/// <param name="Misses">The reasons why requests were not answered.</param>
/// <param name="Lost">The requests that should have been recorded and were not.</param>
/// <param name="Unused">The recordings that should have been played and were not.</param>
internal sealed record SessionProblems(
    string Path,
    string HowToRecord,
    IReadOnlyList<MissReport> Misses,
    IReadOnlyList<ReceivedRequest> Lost,
    IReadOnlyList<Interaction> Unused
)
{
    private const int MostNames = 5;

    /// <summary>Returns the exception that reports the problems; null if there are none.</summary>
    /// <param name="cause">The last exception of the code that sent the requests; null if there was none.</param>
    public CassetteVerificationException? ToException(Exception? cause = null)
    {
        string[] messages = [.. Messages()];
        return messages.Length == 0
            ? null
            : new CassetteVerificationException(string.Join('\n', messages), this, cause);
    }

    private IEnumerable<string> Messages()
    {
        if (Misses.Count > 0)
        {
            yield return $"{Misses[0]}{More(Misses.Count)}";
            yield return HowToRecord;
        }

        if (Lost.Count > 0)
        {
            yield return $"{Lost[0].LossMessage}{More(Lost.Count)}";
            yield return "A later run without the service would have no answer.";
        }

        if (Unused.Count > 0)
        {
            var names = Unused.Take(MostNames).Select(interaction => interaction.Cassette.RelativePath);
            yield return $"Recordings in {Path} that were not played: {string.Join(", ", names)}{More(Unused.Count, MostNames)}";
        }
    }

    private static string More(int count, int shown = 1) =>
        count <= shown ? string.Empty : $"\nand {count - shown} more";
}
