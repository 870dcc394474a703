using System.Globalization;

namespace OpenAICassette.Transcripts;

/// <summary>When the chunks of a stream came in, where the recording tells.</summary>
internal static class ChunkTimes
{
    /// <summary>Seconds since the first chunk for each chunk, rising; null where the chunks do not tell, or all tell the same.</summary>
    public static double[]? Of(IReadOnlyList<Chunk> chunks)
    {
        var times = new double[chunks.Count];
        DateTimeOffset? first = null;
        for (var i = 0; i < chunks.Count; i++)
        {
            if (!DateTimeOffset.TryParse(chunks[i].Data["created_at"].Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return null;
            }

            first ??= time;
            times[i] = (time - first.Value).TotalSeconds;
            if (i > 0 && times[i] < times[i - 1])
            {
                return null;
            }
        }

        return times.Length > 0 && times[^1] > 0 ? times : null;
    }
}
