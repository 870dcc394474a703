using System.Globalization;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Writes the member <c>openai_cassette</c>.</summary>
internal static class CassetteMemberWriter
{
    /// <summary>Returns the member's value as JSON.</summary>
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

            if (member.RequestEncoding is { } request)
            {
                writer.WriteStartObject("request");
                writer.WriteString("encoding", request);
                if (member.RequestMediaType is { } type)
                {
                    writer.WriteString("media_type", type);
                }

                writer.WriteEndObject();
            }

            if (member.BodyEncoding is { } encoding)
            {
                writer.WriteString("body_encoding", encoding);
            }

            WriteLayout(writer, member.Layout);
            WriteFields(writer, "headers", member.Headers);
            WriteFields(writer, "trailers", member.Trailers);
            WriteOffsets(writer, member.FrameOffsets);
            if (member.HasEventNames)
            {
                writer.WriteBoolean("has_event_names", true);
            }

            if (member.Cut is { } cut)
            {
                writer.WriteStartObject("cut");
                writer.WriteString("kind", cut == Cassettes.ConnectionCut.Reset ? "reset" : "closed");
                writer.WriteNumber("at", member.CutAt);
                writer.WriteEndObject();
            }
        });

    private static void WriteLayout(Utf8JsonWriter writer, JsonLayout? layout)
    {
        if (layout is null)
        {
            return;
        }

        writer.WriteStartObject("json_layout");
        if (layout.Indent > 0)
        {
            writer.WriteNumber("indent", layout.Indent);
        }

        if (layout.IsSpaced)
        {
            writer.WriteBoolean("spaced", true);
        }

        writer.WriteBoolean("ascii", layout.IsAscii);
        if (layout.End.Length > 0)
        {
            writer.WriteString("end", layout.End);
        }

        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, string name, IReadOnlyList<HeaderField> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (var field in fields.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase))
        {
            var values = field.Select(each => each.Value).ToList();
            if (values.Count == 1)
            {
                writer.WriteString(field.Key, values[0]);
                continue;
            }

            writer.WriteStartArray(field.Key);
            values.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteOffsets(Utf8JsonWriter writer, IReadOnlyList<double> offsets)
    {
        if (offsets.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("chunk_offsets_ms");
        foreach (var offset in offsets)
        {
            writer.WriteNumberValue(Math.Round(offset, 1));
        }

        writer.WriteEndArray();
    }
}
