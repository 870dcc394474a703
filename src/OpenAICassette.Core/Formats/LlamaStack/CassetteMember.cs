using System.Globalization;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents the member <c>openai_cassette</c> of a recording, which holds what the format itself has no place for.
/// Other readers pass over it.
/// </summary>
internal sealed record CassetteMember
{
    /// <summary>The member's name.</summary>
    public const string Name = "openai_cassette";

    /// <summary>Gets when the request was sent.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Gets which of several recordings of the same request it is, from 1.</summary>
    public int Ordinal { get; init; } = 1;

    /// <summary>Gets the HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Gets how a body that is not JSON is recorded, always as a string: text, or base64 for bytes that are not text;
    /// null for JSON.
    /// </summary>
    public string? BodyEncoding { get; init; }

    /// <summary>Gets the header fields of the response that are worth keeping.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Gets when each frame arrived, in milliseconds since the request was sent.</summary>
    public IReadOnlyList<double> FrameOffsets { get; init; } = [];

    /// <summary>Gets whether each server-sent event was preceded by a line with its name.</summary>
    public bool HasEventNames { get; init; }

    /// <summary>Returns when a frame arrived after the request; null if that is not recorded, or not a time.</summary>
    /// <param name="index">The frame's position, from 0.</param>
    public TimeSpan? ArrivalOf(int index) => index < FrameOffsets.Count ? TimeOf(FrameOffsets[index]) : null;

    /// <summary>Returns a time in milliseconds; null if it cannot be one.</summary>
    public static TimeSpan? TimeOf(double milliseconds)
    {
        const double longest = 30 * 24 * 3_600_000.0;
        return Math.Abs(milliseconds) <= longest ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    /// <summary>Reads the member; what is missing or of another kind is left out.</summary>
    public static CassetteMember Read(JsonValue value) =>
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
            Headers =
            [
                .. value["headers"]
                    .Members.Where(header => header.Value.Text is not null)
                    .DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
                    .Select(header => new HeaderField(header.Key, header.Value.Text!)),
            ],
            FrameOffsets =
            [
                .. value["chunk_offsets_ms"]
                    .Elements.Where(offset => offset.Kind == JsonValueKind.Number)
                    .Select(offset => PythonNumber.Parse(offset.Utf8.Span)),
            ],
            HasEventNames = value["has_event_names"].Truth == true,
        };

    /// <summary>Writes the member's value as JSON.</summary>
    public static string Write(CassetteMember member) =>
        JsonLine.Write(writer =>
        {
            if (member.RecordedAt is { } time)
            {
                writer.WriteString(
                    "recorded_at",
                    time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
                );
            }

            writer.WriteNumber("ordinal", member.Ordinal);
            if (member.Status is { } status)
            {
                writer.WriteNumber("status", status);
            }

            if (member.BodyEncoding is { } encoding)
            {
                writer.WriteString("body_encoding", encoding);
            }

            if (member.Headers.Count > 0)
            {
                writer.WriteStartObject("headers");
                foreach (var (name, value) in member.Headers)
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
            }

            if (member.FrameOffsets.Count > 0)
            {
                writer.WriteStartArray("chunk_offsets_ms");
                foreach (var offset in member.FrameOffsets)
                {
                    writer.WriteNumberValue(Math.Round(offset, 1));
                }

                writer.WriteEndArray();
            }

            if (member.HasEventNames)
            {
                writer.WriteBoolean("has_event_names", true);
            }
        });
}
