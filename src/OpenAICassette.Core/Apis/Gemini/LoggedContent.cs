using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Apis.Gemini;

/// <summary>Writes requests and responses of generateContent from what the log of a client has of them.</summary>
internal static class LoggedContent
{
    private static readonly (string Logged, string Name)[] s_counts =
    [
        ("input", "promptTokenCount"),
        ("output", "candidatesTokenCount"),
        ("cached", "cachedContentTokenCount"),
        ("thoughts", "thoughtsTokenCount"),
        ("tool", "toolUsePromptTokenCount"),
        ("total", "totalTokenCount"),
    ];

    /// <summary>Returns what a user said: a text, a part, or a list of both.</summary>
    public static byte[] Said(JsonValue content) => Write("user", writer => WriteParts(writer, content));

    /// <summary>Returns an answer.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="calls">The calls of tools, each with id, name and args.</param>
    /// <param name="thoughts">The thoughts, each with a subject and a description; undefined to leave them out.</param>
    public static byte[] Answered(JsonValue content, JsonValue calls, JsonValue thoughts) => Write("model", writer =>
        {
            foreach (var thought in thoughts.Elements)
            {
                var text = string.Join(
                    '\n',
                    new[] { thought["subject"].Text, thought["description"].Text }.Where(part => part?.Length > 0)
                );
                writer.WriteStartObject();
                writer.WriteBoolean("thought", true);
                writer.WriteString("text", $"{text}\n");
                writer.WriteEndObject();
            }

            WriteParts(writer, content);
            foreach (var call in calls.Elements)
            {
                writer.WriteStartObject();
                writer.WriteStartObject("functionCall");
                writer.WriteAsIs("id", call["id"]);
                writer.WriteAsIs("name", call["name"]);
                writer.WriteAsIs("args", call["args"]);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
        });

    /// <summary>Returns the results of calls; null if there are none.</summary>
    public static byte[]? Results(JsonValue calls)
    {
        var answered = calls.Elements.Where(call => call["result"].HasValue).ToList();
        return answered.Count == 0 ? null : Write("user", writer =>
            {
                foreach (var call in answered)
                {
                    if (call["result"].Kind == JsonValueKind.String)
                    {
                        WriteResult(writer, call);
                    }
                    else
                    {
                        WriteParts(writer, call["result"]);
                    }
                }
            });
    }

    /// <summary>Returns a request.</summary>
    public static byte[] Request(IEnumerable<ReadOnlyMemory<byte>> contents) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteArray("contents", contents);
            writer.WriteEndObject();
        });

    /// <summary>Returns a response.</summary>
    public static byte[] Response(string? model, ReadOnlyMemory<byte> content, JsonValue tokens) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("candidates");
            writer.WriteStartObject();
            writer.WritePropertyName("content");
            writer.WriteAsIs(content);
            writer.WriteEndObject();
            writer.WriteEndArray();
            if (model is not null)
            {
                writer.WriteString("modelVersion", model);
            }

            if (tokens.HasValue)
            {
                writer.WritePropertyName("usageMetadata");
                writer.WriteAsIs(UsageOf(tokens));
            }

            writer.WriteEndObject();
        });

    /// <summary>Returns tokens under the names of the API.</summary>
    public static byte[] UsageOf(JsonValue tokens) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var (logged, name) in s_counts)
            {
                writer.WriteAsIs(name, tokens[logged]);
            }

            writer.WriteEndObject();
        });

    private static byte[] Write(string role, Action<Utf8JsonWriter> parts) =>
        JsonBytes.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("role", role);
            writer.WriteStartArray("parts");
            parts(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    private static void WriteParts(Utf8JsonWriter writer, JsonValue content)
    {
        if (content.Kind == JsonValueKind.String)
        {
            if (content.Length > "\"\"".Length)
            {
                writer.WriteStartObject();
                writer.WriteAsIs("text", content);
                writer.WriteEndObject();
            }
        }
        else if (content.Kind == JsonValueKind.Object)
        {
            writer.WriteAsIs(content.Utf8);
        }

        foreach (var part in content.Elements)
        {
            WriteParts(writer, part);
        }
    }

    private static void WriteResult(Utf8JsonWriter writer, JsonValue call)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("functionResponse");
        writer.WriteAsIs("id", call["id"]);
        writer.WriteAsIs("name", call["name"]);
        writer.WriteStartObject("response");
        writer.WriteAsIs("output", call["result"]);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
