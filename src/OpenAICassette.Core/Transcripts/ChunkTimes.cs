using System.Globalization;

namespace OpenAICassette.Transcripts;

/// <summary>Computes when the chunks of a stream arrived, if the recording contains times.</summary>
internal static class ChunkTimes
{
    /// <summary>
    /// Returns ascending seconds for each chunk since the request, or since the first chunk; null if there are no
    /// times.
    /// </summary>
    public static double[]? Of(Interaction interaction)
    {
        var chunks = interaction.Chunks;
        var arrivals = chunks.Select(chunk => chunk.Frame.At).OfType<TimeSpan>().ToArray();
        return chunks.Count > 0 && arrivals.Length == chunks.Count
            ? Rising([.. arrivals.Select(arrival => arrival.TotalSeconds)])
            : OfChunks(chunks);
    }

    /// <summary>Returns the times in Ollama's chunks.</summary>
    private static double[]? OfChunks(IReadOnlyList<Chunk> chunks)
    {
        var times = new double[chunks.Count];
        DateTimeOffset? first = null;
        for (var i = 0; i < chunks.Count; i++)
        {
            if (
                !DateTimeOffset.TryParse(
                    chunks[i].Data["created_at"].Text,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var time
                )
            )
            {
                return null;
            }

            first ??= time;
            times[i] = (time - first.Value).TotalSeconds;
        }

        return Rising(times);
    }

    /// <summary>Returns the times if they are ascending and not all equal; otherwise null.</summary>
    private static double[]? Rising(double[] times)
    {
        for (var i = 1; i < times.Length; i++)
        {
            if (!(times[i] >= times[i - 1]))
            {
                return null;
            }
        }

        return times.Length > 0 && times[0] >= 0 && times[^1] > 0 && double.IsFinite(times[^1]) ? times : null;
    }
}
