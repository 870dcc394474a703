using System.Globalization;
using System.Text.Json;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>Reads the member <c>openai_cassette</c>. What is missing or of another kind is left out.</summary>
internal static class CassetteMemberReader
{
    private const int MostIndent = 64;

    /// <summary>Reads the member.</summary>
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
            RequestEncoding = value["request"]["encoding"].Text,
            RequestMediaType = value["request"]["media_type"].Text,
            Layout = ReadLayout(value["json_layout"]),
            Headers = ReadFields(value["headers"]),
            Trailers = ReadFields(value["trailers"]),
            FrameOffsets = ReadOffsets(value["chunk_offsets_ms"]),
            HasEventNames = value["has_event_names"].Truth == true,
            CutAt = value["cut"]["at"].WholeNumber ?? 0,
            Cut = value["cut"]["kind"].Text switch
            {
                "closed" => ConnectionCut.Closed,
                "reset" => ConnectionCut.Reset,
                _ => null,
            },
        };

    private static JsonLayout? ReadLayout(JsonValue layout) =>
        layout.Kind != JsonValueKind.Object
            ? null
            : new JsonLayout
            {
                Indent = layout["indent"].WholeNumber is { } indent and > 0 and <= MostIndent ? (int)indent : 0,
                IsSpaced = layout["spaced"].Truth == true,
                IsAscii = layout["ascii"].Truth == true,
                End = layout["end"].Text is { } end && string.IsNullOrWhiteSpace(end) ? end : string.Empty,
            };

    /// <summary>Reads fields by name; a field that was sent several times has a list of values.</summary>
    private static HeaderField[] ReadFields(JsonValue fields)
    {
        if (fields.Kind != JsonValueKind.Object)
        {
            return [];
        }

        var read = new List<HeaderField>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in fields.Members)
        {
            if (!names.Add(name))
            {
                continue;
            }

            foreach (var item in value.Kind == JsonValueKind.Array ? value.Elements : (IEnumerable<JsonValue>)[value])
            {
                if (item.Text is { } text)
                {
                    read.Add(new HeaderField(name, text));
                }
            }
        }

        return read.ToArray();
    }

    private static double[] ReadOffsets(JsonValue offsets)
    {
        if (offsets.Kind != JsonValueKind.Array)
        {
            return [];
        }

        var read = new List<double>();
        foreach (var offset in offsets.Elements)
        {
            if (offset.Kind == JsonValueKind.Number)
            {
                read.Add(PythonNumber.Parse(offset.Utf8.Span));
            }
        }

        return read.ToArray();
    }
}
