using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>All that a cassette shows of what was recorded, for comparing two files that say the same.</summary>
internal static class CassetteView
{
    /// <summary>The view as one text; the cassette's name and the form of its JSON are not in it.</summary>
    public static string Of(Cassette cassette)
    {
        var interaction = Assert.Single(cassette.Interactions);
        var name = JsonSerializer.Serialize(cassette.Name);
        var json = JsonTranscript.Render(new Transcript(cassette.Conversation()), _ => null);
        var transcript = JsonNode.Parse(json.Replace(name, "null", StringComparison.Ordinal))!;
        foreach (var call in transcript["calls"]!.AsArray())
        {
            // Where the file is and how its JSON is written are facts too.
            foreach (var form in new[] { "path", "bytes", "request_hash" })
            {
                call!["facts"]!.AsObject().Remove(form);
            }
        }

        return string.Join(
            '\n',
            [
                $"{interaction.Method} {interaction.Url} {interaction.Endpoint} {interaction.Model} {interaction.TestId}",
                $"{interaction.IsStreaming} {interaction.ChunkCount} {interaction.Response.Status} {interaction.Response.Error}",
                Text(interaction.Request.Body.Json),
                .. interaction.Chunks.Select(chunk => $"{chunk.Index} {chunk.Type} {Text(chunk.Data)}"),
                transcript.ToJsonString(),
            ]
        );
    }

    private static string Text(JsonValue value) =>
        value.Exists ? JsonNode.Parse(value.Utf8.Span)?.ToJsonString() ?? "null" : "nothing";
}
