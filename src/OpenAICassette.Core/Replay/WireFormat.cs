using System.Text;
using OpenAICassette.Apis;

namespace OpenAICassette.Replay;

/// <summary>Writes what was recorded as its API sends it over HTTP.</summary>
internal static class WireFormat
{
    /// <summary>The header that names the cassette which answered.</summary>
    public const string CassetteHeader = "x-cassette";

    private const string Json = "application/json";
    private const int LeastStatus = 200;
    private const int MostStatus = 599;

    /// <summary>A month in milliseconds; nothing was recorded for longer.</summary>
    private const double LongestOffset = 30 * 24 * 3_600_000.0;

    /// <summary>How a body was sent then, which is not how it is sent now.</summary>
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

    /// <summary>The answer of an interaction.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <param name="asText">True to give embeddings as base64, else as numbers, whatever was recorded.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public static WireAnswer Of(Interaction interaction, bool asText = false)
    {
        var response = interaction.Response;
        var details = interaction.Details;
        var operation = ApiOperation.Of(interaction.Endpoint ?? string.Empty);
        var api = ApiStyle.Of(operation);
        if (response.Error is { } error && response.Chunks.Count == 0 && !response.Body.Json.HasValue)
        {
            var body = api.ErrorBody(error);
            return new WireAnswer
            {
                Status = FailureStatus(error.Status ?? details?.Status),
                Headers = Headers(interaction, Json),
                Frames = [Encoding.UTF8.GetBytes(body)],
            };
        }

        var status = (details?.Status ?? response.Status) is { } recorded and >= LeastStatus and <= MostStatus
            ? recorded
            : 200;
        if (!response.IsStreaming)
        {
            return new WireAnswer
            {
                Status = status,
                Headers = Headers(interaction, Json),
                Frames = Body(response, details, operation, asText),
            };
        }

        var frames = response.Chunks.Select(chunk => api.Frame(chunk, details?.HasEventNames == true)).ToList();
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
            Status = status,
            Headers = Headers(interaction, api.StreamType),
            Frames = [.. frames.Select(frame => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(frame))],
            IsStream = true,
            Offsets =
            [
                .. (details?.ChunkOffsets ?? [])
                    .Where(offset => Math.Abs(offset) <= LongestOffset)
                    .Select(TimeSpan.FromMilliseconds),
            ],
        };
    }

    /// <summary>The status of an error; a client must see that it is one.</summary>
    private static int FailureStatus(int? recorded) =>
        recorded is { } status and >= 400 and <= MostStatus ? status : 500;

    private static ReadOnlyMemory<byte>[] Body(
        RecordedResponse response,
        InteractionDetails? details,
        ApiOperation operation,
        bool asText
    )
    {
        if (details?.BodyEncoding is { } encoding && response.Body.Json.Text is { } text)
        {
            return [encoding == "base64" ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text)];
        }

        // Recorders keep the models alone; what holds a list is as it was sent.
        var isBare =
            operation.IsModelList
            && response.Error is null
            && !(response.Values.Count == 1 && ModelList.IsWhole(response.Values[0]));
        var json = isBare ? ModelList.Of(operation, response.Values) : JsonOf(response);
        return [Encoding.UTF8.GetBytes(operation.Family.EncodeVectors(operation.Name, json, asText))];
    }

    /// <summary>What was answered, each typed object without its label.</summary>
    private static string JsonOf(RecordedResponse response) =>
        response.Body.Json.Kind == System.Text.Json.JsonValueKind.Array
            ? $"[{string.Join(',', response.Values.Select(value => value.ToCompactJson()))}]"
        : response.Values.Count == 1 ? response.Values[0].ToCompactJson()
        : "null";

    private static List<KeyValuePair<string, string>> Headers(Interaction interaction, string contentType)
    {
        var recorded = interaction.Details?.Headers.Where(IsSendable).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var headers = new List<KeyValuePair<string, string>>
        {
            KeyValuePair.Create("content-type", recorded?.GetValueOrDefault("content-type") ?? contentType),
            KeyValuePair.Create(
                CassetteHeader,
                Uri.EscapeDataString(interaction.Cassette.RelativePath).Replace("%2F", "/", StringComparison.Ordinal)
            ),
        };
        if (contentType == ApiStyle.EventStreamType)
        {
            headers.Add(KeyValuePair.Create("cache-control", "no-cache"));
        }

        headers.AddRange(
            recorded?.Where(header =>
                !headers.Exists(own => own.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase))
            )
                ?? []
        );
        return headers;
    }

    /// <summary>A cassette can be written by anyone; what breaks the head of an answer is left out.</summary>
    private static bool IsSendable(KeyValuePair<string, string> header) =>
        !s_transfer.Contains(header.Key)
        && header.Key.Length > 0
        && header.Key.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c))
        && !header.Value.Any(char.IsControl);
}
