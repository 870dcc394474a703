using System.Text.Json;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>What is shown is what was recorded, to the character.</summary>
public class FidelityTests
{
    private const string Everything =
        "  a\r\nb\rc\n\n\tz\u0000\u001b[31m\u202e\u2028\u0085\ufeffe\u0301 👩‍💻 \ufb01 ends ";

    [Fact]
    public void The_deltas_of_a_chat_stream_make_the_text_in_Text_Json_and_MessageJson() =>
        Corpus.Some(150, (cassette, file) =>
        {
            var deltas = file.GetProperty("response")
                .Member("body")
                .Elements()
                .Select(Corpus.Unwrapped)
                .Where(chunk => chunk.Member("object").Text() == "chat.completion.chunk")
                .SelectMany(chunk => chunk.Member("choices").Elements())
                .Where(choice => choice.GetProperty("index").GetInt32() == 0)
                .Select(choice => choice.Member("delta").Member("content").Text())
                .OfType<string>()
                .ToList();
            var said = string.Concat(deltas);
            AssertSaid(said, cassette);
            return said.Length > 0;
        });

    [Fact]
    public void Any_text_in_any_pieces_is_there_to_the_character()
    {
        var pieces = Everything.Select(unit => $"\\u{(int)unit:x4}");
        var chunks = pieces.Select(piece => $$$"""{"choices":[{"index":0,"delta":{"content":"{{{piece}}}"}}]}""");
        AssertSaid(
            Everything,
            BuiltCassette.Open(
                $$$"""{"request":{"url":"x"},"response":{"is_streaming":true,"body":[{{{string.Join(',', chunks)}}}]}}"""
            )
        );
    }

    [Fact]
    public void Half_a_surrogate_pair_stays_half()
    {
        var cassette = BuiltCassette.Open(
            """{"request":{"url":"x"},"response":{"body":{"choices":[{"message":{"content":"a\ud83dz\"\n"}}]}}}"""
        );
        Assert.Contains(
            "\"value\":\"a\\ud83dz\\\"\\n\"",
            TranscriptRenderer.Render(new Transcript(cassette.Conversation()), TranscriptOutput.Json),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "a\ud83dz",
            TranscriptRenderer.Render(new Transcript(cassette.Conversation()), TranscriptOutput.Text),
            StringComparison.Ordinal
        );
    }

    private static void AssertSaid(string said, Cassette cassette)
    {
        var transcript = new Transcript(cassette.Conversation());
        if (said.Length == 0)
        {
            return;
        }

        Assert.Equal(said, transcript.Turns.First(turn => turn.Choice == 0).Text);
        using var json = JsonDocument.Parse(TranscriptRenderer.Render(transcript, TranscriptOutput.Json));
        var turn = json
            .RootElement.GetProperty("turns")
            .EnumerateArray()
            .First(turn => turn.GetProperty("choice").ValueKind == JsonValueKind.Number);
        Assert.Equal(said, turn.GetProperty("parts")[0].GetProperty("value").GetString());
        using var messages = JsonDocument.Parse(TranscriptRenderer.Render(transcript, TranscriptOutput.MessageJson));
        Assert.Equal(
            said,
            messages.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()
        );

        // The lines of the text output are indented, and its control characters shown; nothing else is changed.
        var indented = InertText
            .OfLines(said.ReplaceLineEndings("\n"))
            .Replace("\n", "\n           ", StringComparison.Ordinal);
        Assert.Contains(
            $"assistant  {(transcript.Turns[^1].Reasoning is null ? indented : string.Empty)}",
            TranscriptRenderer.Render(transcript, TranscriptOutput.Text),
            StringComparison.Ordinal
        );
        Assert.Contains(
            indented,
            TranscriptRenderer.Render(transcript, TranscriptOutput.Text),
            StringComparison.Ordinal
        );
    }
}
