using System.Text;
using OpenAICassette.Cassettes;
using OpenAICassette.Formats.LlamaStack;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>Sound in exchanges over HTTP: chat, speech, transcriptions.</summary>
public class AudioTranscriptTests
{
    private const string WavStart = "<audio controls preload=\"metadata\" src=\"data:audio/wav;base64,UklGR";

    [Fact]
    public void A_streamed_spoken_answer_is_joined_and_played()
    {
        var cassette = BuiltCassette.Of(
            new
            {
                is_streaming = true,
                body = new object[]
                {
                    Spoken(new { transcript = "Hi " }),
                    Spoken(new { data = BuiltSession.Sound(23_999) }),
                    Spoken(new { transcript = "you." }),
                    Spoken(new { data = BuiltSession.Sound(24_001) }),
                },
            },
            new
            {
                audio = new { voice = "alloy", format = "pcm16" },
                messages = new[] { new { role = "user", content = "Say hi." } },
            }
        );
        var transcript = new Transcript(cassette.Conversation());
        Assert.Contains("[audio] 1 s, pcm16\n           Hi you.", transcript.ToString(), StringComparison.Ordinal);
        Assert.Contains(WavStart, HtmlPage.Render([transcript]), StringComparison.Ordinal);
        var live = new LiveTranscript();
        var shown = cassette.Interactions[0].Chunks.Select(chunk => live.Add(ChunkReader.Read(chunk.Data))).ToList();
        Assert.Equal("Hi you.\n", string.Concat(shown) + live.End());
    }

    [Fact]
    public void Sound_in_a_request_is_played()
    {
        var cassette = BuiltCassette.Of(
            new { body = new { choices = Array.Empty<object>() } },
            new
            {
                messages = new[]
                {
                    new
                    {
                        role = "user",
                        content = new[]
                        {
                            new
                            {
                                type = "input_audio",
                                input_audio = new { data = Convert.ToBase64String(Wav()), format = "wav" },
                            },
                        },
                    },
                },
            }
        );
        var transcript = new Transcript(cassette.Conversation());
        Assert.StartsWith("user       [audio] 0.5 s, wav", transcript.ToString(), StringComparison.Ordinal);
        Assert.Contains(WavStart, HtmlPage.Render([transcript]), StringComparison.Ordinal);
    }

    [Fact]
    public void Sound_that_would_make_a_page_too_large_is_left_out_and_measured()
    {
        var told = BuiltSession.Told(
            $$"""→{"type":"input_audio_buffer.append","audio":"{{BuiltSession.Sound(96_000)}}"}"""
        );
        var page = HtmlPage.Render([told], new PageOptions { MostCharacters = 100_000 });
        Assert.DoesNotContain("<audio", page, StringComparison.Ordinal);
        Assert.Contains("2 s, pcm16 · left out, because the page is large", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 1, 100_000);
    }

    [Fact]
    public void Speech_that_was_made_is_the_answer()
    {
        var told = Exchange(
            "/v1/audio/speech",
            Encoding.UTF8.GetBytes("""{"model":"tts-1","input":"Hello.","voice":"alloy"}"""),
            "application/json",
            Wav(),
            "audio/wav"
        );
        Assert.Equal(["user: Hello.", "assistant: [audio] 0.5 s, wav"], told.Turns.Select(turn => turn.ToString()));
    }

    [Fact]
    public void Sound_that_was_transcribed_is_the_question_and_its_text_the_answer()
    {
        var body =
            "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nA greeting.\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n";
        var told = Exchange(
            "/v1/audio/transcriptions",
            [.. Encoding.UTF8.GetBytes(body), .. Wav(), .. "\r\n--b--\r\n"u8],
            "multipart/form-data; boundary=b",
            Encoding.UTF8.GetBytes("""{"text":"Hello."}"""),
            "application/json"
        );
        Assert.Equal(
            ["user: A greeting.\n[audio] 0.5 s, wav", "assistant: Hello."],
            told.Turns.Select(turn => turn.ToString())
        );
        var parameter = Assert.Single(told.Conversations[0].Parameters);
        Assert.Equal(("model", "\"whisper-1\""), (parameter.Name, parameter.Value));
    }

    [Theory]
    [InlineData(
        """{"type":"transcript.text.delta","delta":"Hel"}""",
        """{"type":"transcript.text.done","text":"Hello.","usage":{"input_tokens":3,"output_tokens":1,"total_tokens":4}}""",
        "Hel"
    )]
    [InlineData(
        """{"type":"speech.audio.delta","audio":"UklGRiQAAABXQVZF"}""",
        """{"type":"speech.audio.done","usage":{"input_tokens":3,"output_tokens":1,"total_tokens":4}}""",
        "[audio] data:audio/*;base64, 16 characters"
    )]
    public void Streams_of_the_audio_api_are_answers(string delta, string done, string said)
    {
        var conversation = BuiltCassette.OfStream(delta, done).Conversation();
        Assert.Equal($"assistant: {said}", conversation.Choices[0].Message.ToString());
        Assert.Equal(4, conversation.Usage!.TotalTokens);
    }

    [ChromiumTheory]
    [InlineData("audio/pcm")]
    [InlineData("audio/g711_ulaw")]
    [InlineData("audio/g711_alaw")]
    public void A_browser_can_play_it_under_the_policy_of_the_page(string mediaType)
    {
        // No script may run on the page, so the attempt to play is seen in what the browser writes of an error.
        var part = Apis.Audio.AudioClip.PartOf(new byte[48_000], mediaType);
        var url = Apis.Audio.AudioClip.Of(part)!.ToDataUrl();
        using var folder = new TempFolder();
        var script =
            "<script>const a=document.querySelector('audio');a.onloadedmetadata=()=>document.title='plays '+a.duration;a.onerror=()=>document.title='fails'</script>";
        var path = folder.Add(
            "page.html",
            Encoding.UTF8.GetBytes(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; media-src data:; script-src 'unsafe-inline'\">"
                    + $"<title>waits</title><audio preload=\"metadata\" src=\"{url}\"></audio>{script}"
            )
        );
        var seconds = mediaType == "audio/pcm" ? 1 : 6;
        Assert.Contains($"<title>plays {seconds}</title>", Chromium.Open(path, 800).Document, StringComparison.Ordinal);
    }

    /// <summary>An exchange as it is recorded, with bodies of any kind.</summary>
    private static Transcript Exchange(string path, byte[] asked, string askedType, byte[] answer, string answerType)
    {
        var draft = new ExchangeDraft
        {
            Method = "POST",
            Url = $"https://api.example.com{path}",
            RequestBody = Body.FromBytes(asked, askedType),
            Status = 200,
            ResponseHeaders = new HeaderList([new HeaderField("content-type", answerType)]),
            ResponseBody = Body.FromBytes(answer, answerType),
        };
        var cassette = ExchangeWriter.Write(draft, _ => ReplayFidelity.SameBytes, bytes => bytes, save: null);
        return new Transcript(cassette.Conversation());
    }

    private static object Spoken(object audio) =>
        new { @object = "chat.completion.chunk", choices = new[] { new { index = 0, delta = new { audio } } } };

    private static byte[] Wav() =>
        [.. new Apis.Audio.RawAudio("pcm16", 1, 2, 8_000).HeaderOf(8_000), .. new byte[8_000]];
}
