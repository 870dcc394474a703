using System.Globalization;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// The member <c>openai_cassette</c> of a recording, which holds what the format itself has no place for.
/// </summary>
internal static class RecordingDetails
{
    /// <summary>The member's name.</summary>
    public const string Name = "openai_cassette";

    /// <summary>Reads the member; what is missing or of another kind is left out.</summary>
    public static InteractionDetails Read(JsonValue value) =>
        new()
        {
            RecordedAt = DateTimeOffset.TryParse(
                value["recorded_at"].Text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out var time
            )
                ? time
                : null,
            Ordinal = value["ordinal"].WholeNumber is { } ordinal and > 0 and < int.MaxValue ? (int)ordinal : 1,
            Status = value["status"].WholeNumber is { } status and >= 100 and <= 999 ? (int)status : null,
            BodyEncoding = value["body_encoding"].Text,
            Headers = value["headers"]
                .Members.Where(header => header.Value.Text is not null)
                .DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(header => header.Key, header => header.Value.Text!, StringComparer.OrdinalIgnoreCase),
            ChunkOffsets =
            [
                .. value["chunk_offsets_ms"]
                    .Elements.Where(offset => offset.Kind == JsonValueKind.Number)
                    .Select(offset => PythonNumber.Parse(offset.Utf8.Span)),
            ],
            HasEventNames = value["has_event_names"].Truth == true,
        };

    /// <summary>Writes the member's value as JSON.</summary>
    public static string Write(InteractionDetails details) =>
        JsonLine.Write(writer =>
        {
            if (details.RecordedAt is { } time)
            {
                writer.WriteString(
                    "recorded_at",
                    time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
                );
            }

            writer.WriteNumber("ordinal", details.Ordinal);
            if (details.Status is { } status)
            {
                writer.WriteNumber("status", status);
            }

            if (details.BodyEncoding is { } encoding)
            {
                writer.WriteString("body_encoding", encoding);
            }

            if (details.Headers.Count > 0)
            {
                writer.WriteStartObject("headers");
                foreach (var (name, value) in details.Headers)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
            }

            if (details.ChunkOffsets.Count > 0)
            {
                writer.WriteStartArray("chunk_offsets_ms");
                foreach (var offset in details.ChunkOffsets)
                {
                    writer.WriteNumberValue(Math.Round(offset, 1));
                }

                writer.WriteEndArray();
            }

            if (details.HasEventNames)
            {
                writer.WriteBoolean("has_event_names", true);
            }
        });
}
