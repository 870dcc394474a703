using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>WebSocket sessions told in their order, with the speech of both sides.</summary>
public class RealtimeTranscriptTests
{
    internal static readonly string[] Spoken =
    [
        """{"type":"session.created","session":{"model":"gpt-realtime","instructions":"Default."}}""",
        """→{"type":"session.update","session":{"instructions":"Be brief.","voice":"alloy","audio":{"input":{"format":{"type":"audio/pcm","rate":24000}},"output":{"format":{"type":"audio/pcmu"}}},"tools":[{"type":"function","name":"get_weather"}]}}""",
        $$"""→{"type":"input_audio_buffer.append","audio":"{{BuiltSession.Sound(24_001)}}"}""",
        $$"""→{"type":"input_audio_buffer.append","audio":"{{BuiltSession.Sound(23_999)}}"}""",
        """→{"type":"input_audio_buffer.commit"}""",
        """{"type":"input_audio_buffer.committed","item_id":"i1"}""",
        """{"type":"response.created","response":{"id":"r1","status":"in_progress"}}""",
        """{"type":"response.output_item.added","response_id":"r1","output_index":0,"item":{"type":"function_call","name":"get_weather","call_id":"c1"}}""",
        """{"type":"response.function_call_arguments.delta","response_id":"r1","output_index":0,"delta":"{}"}""",
        """{"type":"conversation.item.input_audio_transcription.delta","item_id":"i1","delta":"Whether"}""",
        """{"type":"conversation.item.input_audio_transcription.completed","item_id":"i1","transcript":"Weather <b>?"}""",
        """{"type":"response.done","response":{"id":"r1","status":"completed","usage":{"input_tokens":5,"output_tokens":2,"total_tokens":7}}}""",
        """→{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"c1","output":"Foggy."}}""",
        """→{"type":"response.create"}""",
        """{"type":"response.created","response":{"id":"r2","status":"in_progress"}}""",
        """{"type":"response.output_audio_transcript.delta","response_id":"r2","output_index":0,"delta":"It is "}""",
        $$"""{"type":"response.output_audio.delta","response_id":"r2","output_index":0,"delta":"{{BuiltSession.Sound(4_000)}}"}""",
        """{"type":"response.output_audio_transcript.delta","response_id":"r2","output_index":0,"delta":"foggy."}""",
        $$"""{"type":"response.output_audio.delta","response_id":"r2","output_index":0,"delta":"{{BuiltSession.Sound(4_000)}}"}""",
        """{"type":"error","error":{"type":"invalid_request_error","message":"No such item."}}""",
        """{"type":"response.done","response":{"id":"r2","status":"cancelled","status_details":{"reason":"turn_detected"},"usage":{"input_tokens":9,"output_tokens":3,"total_tokens":12}}}""",
    ];

    [Fact]
    public void A_session_is_told_in_the_order_of_its_messages() =>
        Assert.Equal(
            """
            system     Be brief.
                       [+0.10 s]
            user       [audio] 1 s, pcm16
                       Weather <b>?
                       [+0.20 s · 2 events]
            assistant  [call] get_weather({}) → Foggy.
                       [+0.70 s · 3 events · completed · 5 + 2 tokens]
            assistant  It is foggy.
                       [audio] 1 s, g711_ulaw
                       [+1.50 s · 5 events · cancelled:turn_detected · 9 + 3 tokens]
            error      invalid_request_error: No such item.
                       [+1.90 s]
                       gpt-realtime · completed · 21 chunks · 14 + 5 tokens
            """.ReplaceLineEndings("\n"),
            BuiltSession.Told(Spoken).ToString()
        );

    [Fact]
    public void Markdown_measures_sound_and_has_no_base64()
    {
        var text = TranscriptRenderer.Render(BuiltSession.Told(Spoken), TranscriptOutput.Markdown);
        Assert.Contains("1 s, pcm16", text, StringComparison.Ordinal);
        Assert.Contains("> Weather", text, StringComparison.Ordinal);
        Assert.Contains("_+0.20 s · 2 events_", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_plays_the_sound_of_both_sides_and_lists_the_events()
    {
        var page = TranscriptRenderer.Render(BuiltSession.Told(Spoken), TranscriptOutput.Html);
        Assert.Contains("media-src data:;", page, StringComparison.Ordinal);
        Assert.Equal(
            2,
            page.Split("<audio controls preload=\"metadata\" src=\"data:audio/wav;base64,UklGR").Length - 1
        );
        Assert.Contains("Weather &lt;b&gt;?", page, StringComparison.Ordinal);
        Assert.Contains("<dt>events</dt><dd>6 sent, 15 received</dd>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<tr><td>0.20 s</td><td>input_<wbr>audio_<wbr>buffer.<wbr>append<wbr> <small>× 2</small></td><td></td></tr>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "<tr><td>1.60 s</td><td></td><td>response.<wbr>output_<wbr>audio.<wbr>delta<wbr> <small>× 2</small></td></tr>",
            page,
            StringComparison.Ordinal
        );
        // The settings are folded with the tools.
        Assert.Contains("<b>request · 1 tool</b>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>voice</dt><dd>&quot;alloy&quot;</dd>", page, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "No such item\\."));
    }

    [Fact]
    public void With_detection_of_turns_the_service_says_where_speech_ends()
    {
        var told = BuiltSession.Told(
            Append(48_000),
            """{"type":"input_audio_buffer.committed","item_id":"i1"}""",
            Append(4_800),
            """{"type":"response.output_text.delta","response_id":"r1","output_index":0,"delta":"Yes?"}""",
            Append(4_800),
            """{"type":"conversation.item.input_audio_transcription.completed","item_id":"i1","transcript":"Hello."}"""
        );
        Assert.Equal(["user", "assistant", "user"], told.Turns.Select(turn => turn.Role));
        Assert.Equal("Hello.", PlainTitle.Of(told));
        Assert.Equal("[audio] 1 s, pcm16\nHello.", told.Turns[0].Parts[0].ToString());
        Assert.Equal("[audio] 0.2 s, pcm16", told.Turns[2].Parts[0].ToString());
    }

    [Fact]
    public void Discarded_speech_is_not_told()
    {
        var told = BuiltSession.Told(Append(48_000), """→{"type":"input_audio_buffer.clear"}""");
        Assert.Empty(told.Turns);
    }

    [Fact]
    public void Words_without_sound_are_a_message_of_the_user()
    {
        var told = BuiltSession.Told(
            """{"type":"conversation.item.input_audio_transcription.completed","item_id":"i1","transcript":"Hello."}"""
        );
        Assert.Equal("Hello.", Assert.Single(told.Turns).Text);
    }

    [Fact]
    public void A_session_of_gemini_ends_speech_where_the_answer_begins()
    {
        var told = BuiltSession.Told(
            """→{"setup":{"model":"models/gemini-live","generationConfig":{"responseModalities":["AUDIO"]}}}""",
            $$$$"""→{"realtimeInput":{"audio":{"mimeType":"audio/pcm;rate=16000","data":"{{{{BuiltSession.Sound(16_000)}}}}"}}}""",
            """{"serverContent":{"inputTranscription":{"text":"Count."}}}""",
            $$$$"""{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":"audio/pcm;rate=24000","data":"{{{{BuiltSession.Sound(24_000)}}}}"}}]}}}""",
            """{"serverContent":{"outputTranscription":{"text":"One."}}}""",
            """{"serverContent":{"turnComplete":true}}""",
            """→{"clientContent":{"turns":[{"role":"user","parts":[{"text":"More."}]}]}}""",
            """{"serverContent":{"outputTranscription":{"text":"Two."}}}"""
        );
        Assert.Equal(
            [
                "user: [audio] 0.5 s, pcm16\nCount.",
                "assistant: One.\n[audio] 0.5 s, pcm16",
                "user: More.",
                "assistant: Two.",
            ],
            told.Turns.Select(turn => turn.ToString())
        );
        Assert.Contains(
            told.Conversations[0].Parameters,
            parameter => parameter.Name.StartsWith("generationConfig", StringComparison.Ordinal)
        );
    }

    private static string Append(int bytes) =>
        $$"""→{"type":"input_audio_buffer.append","audio":"{{BuiltSession.Sound(bytes)}}"}""";
}
