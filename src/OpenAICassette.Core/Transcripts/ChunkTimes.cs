using System.Globalization;

namespace OpenAICassette.Transcripts;

/// <summary>When the chunks of a stream came in, where the recording tells.</summary>
internal static class ChunkTimes
{
    /// <summary>
    /// Seconds for each chunk, rising: since the request, or since the first chunk; null where neither is told.
    /// </summary>
    public static double[]? Of(Interaction interaction)
    {
        var chunks = interaction.Chunks;
        var arrivals = chunks.Select(chunk => chunk.Frame.At).OfType<TimeSpan>().ToArray();
        return chunks.Count > 0 && arrivals.Length == chunks.Count
            ? Rising([.. arrivals.Select(arrival => arrival.TotalSeconds)])
            : OfChunks(chunks);
    }

    /// <summary>What Ollama's chunks tell by themselves.</summary>
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

    /// <summary>The times, if they are times: each as late as the one before it, and not all the same.</summary>
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
