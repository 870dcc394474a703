using OpenAICassette.Json;
using OpenAICassette.Redaction;
using OpenAICassette.Replay;

namespace OpenAICassette.Server;

/// <summary>
/// Makes cassettes of answered requests: of the shape of an SDK call where that answers in a replay what the client saw, else of that of
/// raw HTTP, which always does.
/// </summary>
internal sealed class InteractionRecorder(SecretValues secrets, RecordingFiles files)
{
    private const string ContentType = "content-type";

    /// <summary>Writes the cassette of an answered request; secrets are gone before it is named.</summary>
    /// <exception cref="CassetteException">It could not be written, or not without a secret.</exception>
    public Cassette Record(AnsweredRequest answer)
    {
        var recording = Draft(answer);
        return files.Save(secrets.Scrub(recording));
    }

    private Cassette Draft(AnsweredRequest answer)
    {
        var details = DetailsOf(answer);
        if (SdkRecording.Of(answer, details) is { } call && (answer.Failure is not null || Answers(call, answer)))
        {
            return call;
        }

        var raw = HttpRecording.Of(answer, details, secrets.ScrubBytes);
        return answer.Failure is not null || Answers(raw, answer)
            ? raw
            : HttpRecording.Of(answer, details with { BodyEncoding = "text" }, secrets.ScrubBytes);
    }

    /// <summary>What the format has no place for.</summary>
    private static InteractionDetails DetailsOf(AnsweredRequest answer)
    {
        var headers = new Dictionary<string, string>(answer.Headers, StringComparer.OrdinalIgnoreCase);
        if (answer.ContentType.Length > 0)
        {
            headers[ContentType] = answer.ContentType;
        }

        return new InteractionDetails
        {
            RecordedAt = answer.SentAt,
            Status = answer.Failure is null || answer.Events.Count > 0 ? answer.Status : 502,
            Headers = headers,
            ChunkOffsets = [.. answer.Events.Select(received => answer.Body.ArrivalOf(received.End).TotalMilliseconds)],
            HasEventNames = answer.Events.Any(received => received.Name is not null),
        };
    }

    /// <summary>Whether a replay gives the client what it saw. Embeddings are given in the form that is asked for, whatever was recorded.</summary>
    private static bool Answers(Cassette recording, AnsweredRequest answer)
        => IsSame(WireFormat.Of(recording.Interactions[0]), answer) || IsSame(WireFormat.Of(recording.Interactions[0], asText: true), answer);

    /// <summary>True for the same status, and the same events or the same JSON.</summary>
    private static bool IsSame(WireAnswer replay, AnsweredRequest answer)
    {
        byte[] body = [.. replay.Frames.SelectMany(frame => frame.ToArray())];
        if (replay.Status != answer.Status || replay.IsStream != answer.Events.Count > 0)
        {
            return false;
        }

        if (replay.IsStream)
        {
            var events = (answer.IsEventStream ? StreamEvent.ReadEvents(body) : StreamEvent.ReadLines(body)).Where(sent => sent.Data is not null).ToList();
            var received = answer.Events.Where(sent => sent.Data is not null).ToList();
            return events.Count == received.Count && events.Zip(received).All(pair => pair.First.IsSame(pair.Second));
        }

        var json = JsonValue.ParseOrUndefined(body);
        return json.Exists && answer.Json.Exists ? RecorderText.IsSame(json, answer.Json) : body.AsSpan().SequenceEqual(answer.Body.Bytes.Span);
    }
}
