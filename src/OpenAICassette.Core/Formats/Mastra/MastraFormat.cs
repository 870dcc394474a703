using System.Text;
using System.Text.Json;

namespace OpenAICassette.Formats.Mastra;

/// <summary>
/// Represents the recordings of Mastra's recorder. A stream is kept as the network gave it, with the time between
/// reads.
/// </summary>
internal sealed class MastraFormat : ExchangeFormat
{
    /// <inheritdoc/>
    public override FormatInfo Info { get; } =
        new("mastra")
        {
            Extensions = [".json"],
            ExchangesAt = ["/recordings", ""],
            Features =
                FormatFeatures.Requests
                | FormatFeatures.Status
                | FormatFeatures.ResponseHeaders
                | FormatFeatures.ManyInteractions
                | FormatFeatures.BinaryBodies
                | FormatFeatures.StartTime
                | FormatFeatures.FrameTimes
                | FormatFeatures.Host,
        };

    /// <inheritdoc/>
    public override FormatMatch Probe(ReadOnlySpan<byte> head) =>
        JsonHead.Has(head, "recordings/[]/request"u8) || JsonHead.Has(head, "[]/hash"u8)
            ? FormatMatch.Likely
            : FormatMatch.No;

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(ReadOnlyMemory<byte> document, string where) =>
        Read(document, where, _ => null);

    /// <inheritdoc/>
    public override IReadOnlyList<ExchangeDraft> Read(CassetteSource source, ReadOnlyMemory<byte> document) =>
        Read(document, source.Name, path => MastraArtifact.Read(source, path));

    private static IReadOnlyList<ExchangeDraft> Read(
        ReadOnlyMemory<byte> document,
        string where,
        Func<string, ReadOnlyMemory<byte>?> artifacts
    )
    {
        var root = JsonDocuments.Read(document, where);
        var recordings = root.Kind == JsonValueKind.Array ? root : root["recordings"];
        if (recordings.Elements.Any(recording => recording["request"]["url"].Text is null))
        {
            throw JsonFields.WrongShape(
                where,
                "not a recording of Mastra: expected recordings with a \"request\" that has a \"url\""
            );
        }

        var test = root["meta"]["testName"].Text;
        return ExchangeList.Collect(
            recordings.Elements.Select(recording => ReadRecording(recording, test, artifacts)),
            document,
            where
        );
    }

    private static ExchangeDraft ReadRecording(
        JsonValue recording,
        string? test,
        Func<string, ReadOnlyMemory<byte>?> artifacts
    )
    {
        var (request, response) = (recording["request"], recording["response"]);
        var headers = JsonFields.Headers(response["headers"]);
        var isStream = response["chunks"].Kind == JsonValueKind.Array;
        return new()
        {
            Method = request["method"].Text ?? "POST",
            Url = request["url"].Text!,
            TestId = test,
            RequestBody = BodyOf(request, HeaderList.Empty, artifacts),
            Status = JsonFields.Status(response["status"]),
            Reason = response["statusText"].Text,
            ResponseHeaders = headers,
            ResponseBody = isStream
                ? Body.FromBytes(Joined(response["chunks"]), headers["content-type"])
                : BodyOf(response, headers, artifacts),
            Reads = isStream ? response["chunks"].Count : null,
            Arrivals = isStream ? ArrivalsOf(response) : [],
            SentAt = request["timestamp"].WholeNumber is { } time and > 0 and < 253_402_300_800_000
                ? DateTimeOffset.FromUnixTimeMilliseconds(time)
                : null,
        };
    }

    /// <summary>Reads a body; one that is not text is in a file of its own, which the message names.</summary>
    private static Body BodyOf(JsonValue message, HeaderList headers, Func<string, ReadOnlyMemory<byte>?> artifacts)
    {
        var artifact = message["binaryArtifact"];
        if (artifact["path"].Text is { } path && artifacts(path) is { } bytes)
        {
            var type = headers["content-type"] ?? artifact["contentType"].Text;
            return Body.FromRecorded(bytes, type, headers["content-encoding"]);
        }

        return JsonFields.TextOrJson(message["body"], headers);
    }

    private static byte[] Joined(JsonValue chunks) =>
        Encoding.UTF8.GetBytes(string.Concat(chunks.Elements.Select(chunk => chunk.Text)));

    /// <summary>Reads when each chunk arrived; the file has the milliseconds since the one before.</summary>
    private static List<(int Length, TimeSpan At)> ArrivalsOf(JsonValue response)
    {
        var longest = (long)JsonFields.LongestExchange.TotalMilliseconds;
        var arrivals = new List<(int Length, TimeSpan At)>();
        var (length, at) = (0, 0L);
        foreach (var (chunk, gap) in response["chunks"].Elements.Zip(response["chunkTimings"].Elements))
        {
            length += Encoding.UTF8.GetByteCount(chunk.Text ?? string.Empty);
            at = Math.Min(at + Math.Clamp(gap.WholeNumber ?? 0, 0, longest), longest);
            arrivals.Add((length, TimeSpan.FromMilliseconds(at)));
        }

        return arrivals;
    }
}
