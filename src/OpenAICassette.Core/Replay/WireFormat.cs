using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>Writes what was recorded as its API sends it over HTTP.</summary>
internal static class WireFormat
{
    /// <summary>The header that names the cassette that answered.</summary>
    public const string CassetteHeader = "x-cassette";

    private const string Json = "application/json";
    private const int LeastStatus = 200;
    private const int MostStatus = 599;

    /// <summary>Headers that describe how the recorded body was transferred, which no longer apply.</summary>
    private static readonly HashSet<string> s_transfer = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Keep-Alive",
        "Proxy-Connection",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    };

    /// <summary>Returns the answer of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="asText">True to encode embeddings as base64, false as numbers, whatever was recorded.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static WireAnswer Of(Interaction interaction, bool asText = false)
    {
        var response = interaction.Response;
        var operation = ApiOperation.Of(interaction.Endpoint ?? string.Empty);
        var api = ApiStyle.Of(operation);
        if (response.IsVerbatim)
        {
            return Verbatim(interaction, response, api);
        }

        if (response.Error is { } error && response.Frames.Count == 0 && !response.Body.Json.HasValue)
        {
            var body = api.ErrorBody(error);
            return new WireAnswer
            {
                Status = FailureStatus(error.Status ?? response.Status),
                Headers = Headers(interaction, Json),
                Frames = [InLayout(body, response.Layout)],
            };
        }

        if (!response.IsStreaming)
        {
            return new WireAnswer
            {
                Status = StatusOf(response),
                Headers = Headers(interaction, Json),
                Frames = [Body(response, operation, asText)],
                Trailers = TrailersOf(response),
            };
        }

        var frames = response.Chunks.Select(chunk => api.Frame(chunk, response.Layout)).ToList();
        if (response.Error is { } late)
        {
            frames.Add(api.ErrorFrame(late));
        }
        else if (EventStream.EndsWithDone(response.Chunks))
        {
            frames.Add(EventStream.Done);
        }

        return new WireAnswer
        {
            Status = StatusOf(response),
            Headers = Headers(interaction, api.StreamType),
            Frames = [.. frames.Select(frame => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(frame))],
            IsStream = true,
            Offsets = OffsetsOf(response),
            Trailers = TrailersOf(response),
        };
    }

    /// <summary>Returns what was recorded byte for byte, a stream frame by frame.</summary>
    private static WireAnswer Verbatim(Interaction interaction, RecordedResponse response, ApiStyle api)
    {
        if (response.OpenBody is { } open)
        {
            // A missing or changed file is an error, not an answer that breaks off.
            open().Dispose();
            return new WireAnswer
            {
                Status = StatusOf(response),
                Headers = Headers(interaction, response.Body.MediaType ?? Json),
                Frames = [],
                OpenBody = open,
                Trailers = TrailersOf(response),
                Cut = response.Cut,
            };
        }

        var body = response.Body.Bytes;
        var isStream = response.IsStreaming && response.Frames.Count > 0;
        var frames = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        foreach (var frame in isStream ? response.Frames : [])
        {
            frames.Add(body[start..frame.End]);
            start = frame.End;
        }

        if (start < body.Length || frames.Count == 0)
        {
            frames.Add(body[start..]);
        }

        var type = response.Body.MediaType ?? (isStream ? api.StreamType : Json);
        return new WireAnswer
        {
            Status = StatusOf(response),
            Headers = Headers(interaction, type),
            Frames = frames,
            IsStream = isStream,
            Offsets = OffsetsOf(response),
            Trailers = TrailersOf(response),
            Cut = response.Cut,
        };
    }

    private static int StatusOf(RecordedResponse response) =>
        response.Status is { } recorded and >= LeastStatus and <= MostStatus ? recorded : 200;

    private static KeyValuePair<string, string>[] TrailersOf(RecordedResponse response) =>
        [.. response.Trailers.Where(IsSendable).Select(field => KeyValuePair.Create(field.Name, field.Value))];

    /// <summary>Returns when the frames arrived, as far as that was recorded.</summary>
    private static TimeSpan[] OffsetsOf(RecordedResponse response) =>
        [
            .. response
                .Frames.Select(frame => frame.At)
                .Append(response.EndedAt)
                .TakeWhile(at => at is not null)
                .Select(at => at!.Value),
        ];

    /// <summary>Returns the status of an error, which must be an error status.</summary>
    private static int FailureStatus(int? recorded) =>
        recorded is { } status and >= 400 and <= MostStatus ? status : 500;

    private static byte[] Body(RecordedResponse response, ApiOperation operation, bool asText)
    {
        // Recorders keep only the models; a recorded list is sent unchanged.
        var isBare =
            operation.IsModelList
            && response.Error is null
            && !(response.Values.Count == 1 && ModelList.IsWhole(response.Values[0]));
        var json = isBare ? ModelList.Of(operation, response.Values) : JsonOf(response);
        return InLayout(operation.Family.EncodeVectors(operation.Name, json, asText), response.Layout);
    }

    private static byte[] InLayout(string json, JsonLayout? layout)
    {
        var text = Encoding.UTF8.GetBytes(json);
        return layout is not null && JsonValue.ParseOrUndefined(text) is { Exists: true } value
            ? layout.Write(value)
            : text;
    }

    /// <summary>Returns the answer, each typed object without its label.</summary>
    private static string JsonOf(RecordedResponse response) =>
        response.Body.Json.Kind == System.Text.Json.JsonValueKind.Array
            ? $"[{string.Join(',', response.Values.Select(value => value.ToCompactJson()))}]"
        : response.Values.Count == 1 ? response.Values[0].ToCompactJson()
        : "null";

    private static List<KeyValuePair<string, string>> Headers(Interaction interaction, string contentType)
    {
        var recorded = interaction.Response.Headers.Where(IsSendable).ToList();
        var typed = recorded.Find(field => Is(field, "content-type"));
        var headers = new List<KeyValuePair<string, string>>
        {
            KeyValuePair.Create("content-type", typed.Value ?? contentType),
            KeyValuePair.Create(
                CassetteHeader,
                Uri.EscapeDataString(interaction.Cassette.RelativePath).Replace("%2F", "/", StringComparison.Ordinal)
            ),
        };
        if (contentType == ApiStyle.EventStreamType)
        {
            headers.Add(KeyValuePair.Create("cache-control", "no-cache"));
        }

        var own = headers.Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        headers.AddRange(
            recorded
                .Where(field => !own.Contains(field.Name))
                .Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        return headers;
    }

    private static bool Is(HeaderField field, string name) =>
        field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Returns whether a header can be sent. Anyone can write a cassette, so invalid headers are left out.
    /// </summary>
    private static bool IsSendable(HeaderField header) =>
        !s_transfer.Contains(header.Name)
        && header.Name.Length > 0
        && header.Name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c))
        && !header.Value.Any(char.IsControl);
}
