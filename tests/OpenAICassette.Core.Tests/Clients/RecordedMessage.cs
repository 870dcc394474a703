using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>A recorded answer of the Anthropic API as System.Text.Json reads it.</summary>
internal static class RecordedMessage
{
    /// <summary>
    /// What a client must report: the parts with their text or thinking, why it stopped, input and output tokens.
    /// </summary>
    public static string Answer(RecordedCall call)
    {
        var body = call.Response.GetProperty("body");
        return body.ValueKind == JsonValueKind.Array
            ? OfStream(body)
            : Report(
                body.GetProperty("content")
                    .EnumerateArray()
                    .Select(part => (part.GetProperty("type").GetString()!, Said(part))),
                body.Member("stop_reason").Text(),
                body.GetProperty("usage"),
                null
            );
    }

    private static string OfStream(JsonElement lines)
    {
        var parts = new SortedDictionary<int, (string Type, string Text)>();
        JsonElement? started = null;
        JsonElement? ended = null;
        var data = lines
            .EnumerateArray()
            .Select(line => line.GetString()!)
            .Where(line => line.StartsWith("data: ", StringComparison.Ordinal));
        foreach (var one in data.Select(line => JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..])))
        {
            switch (one.GetProperty("type").GetString())
            {
                case "message_start":
                    started = one.GetProperty("message").GetProperty("usage");
                    break;
                case "content_block_start":
                    parts[one.GetProperty("index").GetInt32()] = (
                        one.GetProperty("content_block").GetProperty("type").GetString()!,
                        Said(one.GetProperty("content_block"))
                    );
                    break;
                case "content_block_delta":
                    var (type, text) = parts[one.GetProperty("index").GetInt32()];
                    parts[one.GetProperty("index").GetInt32()] = (type, text + Said(one.GetProperty("delta")));
                    break;
                case "message_delta":
                    ended = one;
                    break;
            }
        }

        return Report(
            parts.Values,
            ended.Member("delta").Member("stop_reason").Text(),
            started!.Value,
            ended.Member("usage")
        );
    }

    private static string Said(JsonElement part) =>
        part.Member("text").Text() ?? part.Member("thinking").Text() ?? string.Empty;

    private static string Report(
        IEnumerable<(string Type, string Text)> parts,
        string? stop,
        JsonElement usage,
        JsonElement? later
    )
    {
        long Count(string name) => (later.Member(name) ?? usage.GetProperty(name)).GetInt64();
        return JsonSerializer.Serialize(
            new
            {
                content = parts.Select(part => new { type = part.Type, text = part.Text }),
                stop,
                usage = new[] { Count("input_tokens"), Count("output_tokens") },
            }
        );
    }
}
