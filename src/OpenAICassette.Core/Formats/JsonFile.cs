using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace OpenAICassette.Formats;

/// <summary>Writes what many formats write in the same way.</summary>
internal static class JsonFile
{
    /// <summary>The name of the program that writes.</summary>
    public const string Product = "OpenAICassette";

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
        MaxDepth = 1024,
    };

    /// <summary>Gets the version of the program that writes.</summary>
    public static string ProductVersion { get; } = typeof(JsonFile).Assembly.GetName().Version!.ToString(3);

    /// <summary>Gets the program that writes, with its version.</summary>
    public static string Creator => $"{Product} {ProductVersion}";

    /// <summary>Writes a file of JSON, indented by two blanks.</summary>
    public static void Write(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(output, s_options))
        {
            write(writer);
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes a member that is an object.</summary>
    public static void WriteObject(this Utf8JsonWriter writer, string name, Action members)
    {
        writer.WriteStartObject(name);
        members();
        writer.WriteEndObject();
    }

    /// <summary>Writes header fields as an object with the values of each name in an array.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="headers">The fields.</param>
    /// <param name="isOnePlain">Whether the value of a name that has only one stands alone.</param>
    public static void WriteHeaders(
        this Utf8JsonWriter writer,
        string name,
        HeaderList headers,
        bool isOnePlain = false
    )
    {
        writer.WriteStartObject(name);
        foreach (var field in headers.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase))
        {
            var values = field.Select(each => each.Value).ToList();
            writer.WritePropertyName(field.First().Name);
            if (isOnePlain && values is [var one])
            {
                writer.WriteStringValue(one);
                continue;
            }

            writer.WriteStartArray();
            values.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a status as an object with its code and its reason phrase.</summary>
    public static void WriteStatus(this Utf8JsonWriter writer, ExchangeDraft exchange) =>
        writer.WriteObject("status", () =>
        {
            writer.WriteNumber("code", exchange.Status);
            writer.WriteString("message", ReasonOf(exchange));
        });

    /// <summary>Writes a body as recorded: as text, or as bytes with the tag that YAML has for them.</summary>
    public static void WriteRecorded(this Utf8JsonWriter writer, string name, Body body)
    {
        if (IsText(body.Recorded.Span))
        {
            writer.WriteString(name, Encoding.UTF8.GetString(body.Recorded.Span));
        }
        else
        {
            writer.WriteObject(name, () => writer.WriteBase64String("!!binary", body.Recorded.Span));
        }
    }

    /// <summary>Returns the reason phrase of a response, or the one that goes with its status.</summary>
    public static string ReasonOf(ExchangeDraft exchange)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)exchange.Status);
        return exchange.Reason ?? response.ReasonPhrase ?? string.Empty;
    }

    /// <summary>Returns whether bytes are text that every writer of JSON and YAML can write.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.Contains((byte)0);
}
