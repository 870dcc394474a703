using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OpenAICassette;

/// <summary>Replays a recorded response event by event.</summary>
/// <example>
/// <code>
/// await foreach (var played in ReplayPlayer.PlayAsync(interaction, new ReplayPace()))
/// {
///     Console.Write(played.Text);
/// }
/// </code>
/// </example>
public static class ReplayPlayer
{
    /// <summary>
    /// Returns the events of a response: one for each chunk of a stream, or a single one for another response.
    /// </summary>
    /// <param name="interaction">The interaction to replay.</param>
    /// <param name="pace">When the events are due.</param>
    /// <param name="cancellation">Stops the replay, also while it waits.</param>
    /// <exception cref="RecordedErrorException">The recorded call failed. Thrown after its events.</exception>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static async IAsyncEnumerable<ReplayEvent> PlayAsync(
        Interaction interaction,
        ReplayPace pace,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(pace);
        var response = interaction.Response;
        TimeSpan[] recorded = [.. response.Frames.Select(frame => frame.At).OfType<TimeSpan>()];
        var started = Stopwatch.GetTimestamp();
        foreach (var (index, chunk, data) in Events(response))
        {
            var due = pace.Due(index, recorded);
            var wait = due - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellation).ConfigureAwait(false);
            }

            cancellation.ThrowIfCancellationRequested();
            yield return new ReplayEvent(interaction, index, due, chunk, data, ChunkReader.Read(data));
        }

        if (response.Error is { } error)
        {
            throw new RecordedErrorException(error, interaction);
        }
    }

    private static IEnumerable<(int Index, Chunk? Chunk, JsonValue Data)> Events(RecordedResponse response)
    {
        if (response.IsStreaming)
        {
            return response
                .Chunks.Where(chunk => chunk.Frame.Direction == FrameDirection.Received)
                .Select(chunk => (chunk.Index, (Chunk?)chunk, chunk.Data));
        }

        // A list of models is one response with several values; its event holds the body as recorded.
        var data = response.Values.Count == 1 ? response.Values[0] : response.Body.Json;
        return response.Error is not null ? [] : [(0, null, data)];
    }
}
