using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Matching;

/// <summary>
/// Shows a request body that is not JSON as members that can be matched and compared: the fields of a form, the parts of
/// a multipart body, or the body as one text. The order of fields, the boundary and the encoding do not count; files and
/// other bytes count by their hash.
/// </summary>
internal static class RequestView
{
    private const string TypeMember = "Content-Type";
    private const string BodyMember = "body";
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Returns the members of a body.</summary>
    public static JsonValue Of(RequestPayload payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            var type = MediaTypeHeaderValue.TryParse(payload.MediaType, out var parsed) ? parsed.MediaType : null;
            writer.WriteStartObject();
            writer.WriteString(TypeMember, type?.ToLowerInvariant());
            if (payload.HasParts)
            {
                WriteMembers(
                    writer,
                    payload.Parts().Select(part => (part.Part.Name ?? string.Empty, part)),
                    (to, part) => WritePart(to, part.Part, part.Content)
                );
            }
            else if (FormType.Equals(type, StringComparison.OrdinalIgnoreCase) && payload.Content().Text is { } form)
            {
                WriteMembers(writer, Fields(form), (to, value) => to.WriteStringValue(value));
            }
            else
            {
                writer.WritePropertyName(BodyMember);
                WriteContent(writer, payload.Content());
            }

            writer.WriteEndObject();
        }

        return JsonValue.ParseOrUndefined(buffer.WrittenMemory);
    }

    /// <summary>Writes members; one that occurs several times is a list.</summary>
    private static void WriteMembers<T>(
        Utf8JsonWriter writer,
        IEnumerable<(string Name, T Value)> members,
        Action<Utf8JsonWriter, T> write
    )
    {
        foreach (var group in members.GroupBy(member => member.Name, member => member.Value, StringComparer.Ordinal))
        {
            var values = group.ToList();
            writer.WritePropertyName(group.Key);
            if (values.Count == 1)
            {
                write(writer, values[0]);
                continue;
            }

            writer.WriteStartArray();
            values.ForEach(value => write(writer, value));
            writer.WriteEndArray();
        }
    }

    private static IEnumerable<(string Name, string Value)> Fields(string form) =>
        form.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split('=', 2))
            .Select(field => (Decode(field[0]), field.Length > 1 ? Decode(field[1]) : string.Empty));

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static void WritePart(Utf8JsonWriter writer, BodyPart part, PayloadContent content)
    {
        if (part.FileName is null)
        {
            WriteContent(writer, content);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("filename", part.FileName);
        writer.WriteString("content_type", part.Headers["content-type"]);
        writer.WritePropertyName("content");
        WriteContent(writer, content);
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, PayloadContent content)
    {
        if (content.Text is { Length: <= Sidecar.Shortest } text)
        {
            var json = JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(text));
            if (json is { Exists: true, Kind: JsonValueKind.Object or JsonValueKind.Array })
            {
                writer.WriteRawValue(json.Utf8.Span);
            }
            else
            {
                writer.WriteStringValue(text);
            }

            return;
        }

        var bytes = content.File is null ? content.Bytes(open: null) : default;
        writer.WriteStartObject();
        writer.WriteString("sha256", content.File?.Sha256 ?? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        writer.WriteNumber("bytes", content.File?.Length ?? bytes.Length);
        writer.WriteEndObject();
    }
}
