using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Answers that were kept without an exchange around them: what they hold says what was asked.</summary>
public sealed class BareAnswerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        """{"id":"i","status":"completed","usage":{"total_tokens":3,"total_input_tokens":1,"total_output_tokens":2},"steps":[{"type":"model_output","content":[{"type":"text","text":"Hello"}]}]}""",
        "/v1beta/interactions",
        "Hello"
    )]
    [InlineData(
        """{"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},"stopReason":"end_turn"}""",
        "/converse",
        "Hello"
    )]
    [InlineData(
        """{"inputTextTokenCount":1,"results":[{"outputText":"Hello","completionReason":"FINISH"}]}""",
        "/invoke",
        "Hello"
    )]
    [InlineData(
        """{"id":"c","message":{"role":"assistant","content":[{"type":"text","text":"Hello"}]},"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":1,"output_tokens":2}}}""",
        "/v2/chat",
        "Hello"
    )]
    [InlineData(
        """{"id":"c","embeddings":{"float":[[1,2],[3,4]]},"texts":["a","b"],"meta":{"api_version":{"version":"2"}}}""",
        "/v2/embed",
        "[embeddings] 2 × 2"
    )]
    [InlineData(
        """{"predictions":[{"embeddings":{"values":[1,2,3],"statistics":{"token_count":1}}}]}""",
        "/v1/models/:predict",
        "[embedding] 1 × 3"
    )]
    [InlineData(
        """{"text":"Hello","task":"transcribe","language":"english","duration":1.5}""",
        "/v1/audio/transcriptions",
        "Hello"
    )]
    [InlineData("""{"text":"Hello","x_groq":{"id":"req_1"}}""", "/v1/audio/transcriptions", "Hello")]
    [InlineData(
        """{"model":"voxtral","text":"Hello","language":null,"segments":[],"usage":{"prompt_audio_seconds":3}}""",
        "/v1/audio/transcriptions",
        "Hello"
    )]
    [InlineData(
        """{"language_code":"eng","language_probability":0.9,"text":"Hello","words":[]}""",
        "/v1/speech-to-text",
        "Hello"
    )]
    [InlineData(
        """{"metadata":{"request_id":"r"},"results":{"channels":[{"alternatives":[{"transcript":"Hello"}]}]}}""",
        "/v1/listen",
        "Hello"
    )]
    [InlineData(
        """{"id":"g","status":"done","result":{"transcription":{"full_transcript":"Hello"}}}""",
        "/v2/pre-recorded",
        "Hello"
    )]
    [InlineData(
        """{"monologues":[{"speaker":0,"elements":[{"type":"text","value":"Hel"},{"type":"text","value":"lo"}]}]}""",
        "/speechtotext/v1/jobs/transcript",
        "Hello"
    )]
    [InlineData("""{"text":"Hello","chunks":[{"timestamp":[0,1],"text":"Hello"}],"languages":["en"]}""", null, "Hello")]
    [InlineData(
        """{"pages":[{"index":0,"markdown":"# One"},{"index":1,"markdown":"Two"}],"model":"ocr","usage_info":{"pages_processed":2}}""",
        "/v1/ocr",
        "# One\n\nTwo"
    )]
    [InlineData(
        """{"object":"list","data":[{"relevance_score":0.5,"index":1}],"model":"rerank-2"}""",
        "/v1/rerank",
        "0.5  document 1"
    )]
    [InlineData("""{"results":[{"index":1,"relevanceScore":0.5}]}""", "/rerank", "0.5  document 1")]
    public void An_answer_is_read_by_its_shape(string answer, string? path, string said)
    {
        var call = Read(answer);
        var read = ConversationAssembler.Assemble(call).Choices[0].Message;
        Assert.Equal((path, 200, said), (call.Endpoint, call.Summary.Status, read.Text));

        // What was said is searched like any other text.
        var key = PlantedKey.Of("openai-api-key");
        var secret = answer.Replace("Hel", $"The key {key} Hel", StringComparison.Ordinal);
        var clean = new Redactor().Redact(Open(secret)).Cassette;
        var cleaned = ConversationAssembler.Assemble(clean.Interactions[0]).Choices[0].Message.Text;
        Assert.Equal(said.Replace("Hel", "The key REDACTED_OPENAI_API_KEY_1 Hel", StringComparison.Ordinal), cleaned);
    }

    [Theory]
    [InlineData("""{"created":1,"data":[{"b64_json":"iVBORw0KGgoAAAANSUhEUgAA"}]}""", "/v1/images/generations")]
    [InlineData(
        """{"created":1,"data":[{"b64_json":"iVBORw0KGgoAAAANSUhEUgAA"}],"usage":{"input_tokens_details":{"image_tokens":9}}}""",
        "/v1/images/edits"
    )]
    [InlineData(
        """{"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"iVBORw0KGgoAAAANSUhEUgAA"}]}""",
        "/v1/models/:predict"
    )]
    public void An_image_is_shown(string answer, string path)
    {
        var call = Read(answer);
        var part = Assert.Single(ConversationAssembler.Assemble(call).Choices[0].Message.Parts);
        Assert.Equal(path, call.Endpoint);
        Assert.Equal(
            (ContentPartKind.Image, "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA"),
            (part.Kind, part.Value)
        );
    }

    [Theory]
    [InlineData(
        """{"id":"modr-1","model":"m","results":[{"flagged":false,"categories":{},"category_scores":{}}]}""",
        "POST",
        "/v1/moderations",
        "openai-other"
    )]
    [InlineData(
        """{"object":"list","data":[{"id":"m","object":"model","owned_by":"o"}]}""",
        "GET",
        "/v1/models",
        "openai-other"
    )]
    [InlineData(
        """{"id":"batch_1","object":"batch","completion_window":"24h"}""",
        "POST",
        "/v1/batches",
        "openai-other"
    )]
    [InlineData(
        """{"id":"skill_1","display_title":"t","latest_version":"1","source":"custom"}""",
        "POST",
        "/v1/skills",
        "anthropic-other"
    )]
    [InlineData(
        """{"id":"file_1","type":"file","mime_type":"text/plain","size_bytes":3}""",
        "POST",
        "/v1/files",
        "anthropic-other"
    )]
    [InlineData(
        """{"id":"msgbatch_1","type":"message_batch","processing_status":"ended"}""",
        "POST",
        "/v1/messages/batches",
        "anthropic-other"
    )]
    [InlineData(
        """{"name":"cachedContents/1","model":"models/m","usageMetadata":{"totalTokenCount":9}}""",
        "POST",
        "/v1beta/cachedContents",
        "gemini-other"
    )]
    [InlineData(
        """{"totalTokens":9,"promptTokensDetails":[{"modality":"TEXT","tokenCount":9}]}""",
        "POST",
        "/v1beta/models/:countTokens",
        "gemini-other"
    )]
    [InlineData(
        """{"models":[{"name":"models/m","supportedGenerationMethods":["embedContent"]}]}""",
        "GET",
        "/v1beta/models",
        "gemini-other"
    )]
    [InlineData(
        """{"models":[{"name":"m","digest":"d","details":{"family":"f"}}]}""",
        "GET",
        "/api/tags",
        "ollama-other"
    )]
    [InlineData(
        """{"id":"1","result_url":"https://api.gladia.io/v2/pre-recorded/1"}""",
        "POST",
        "/v2/pre-recorded",
        null
    )]
    public void A_stored_object_or_a_list_is_read(string answer, string method, string path, string? api)
    {
        var call = Read(answer);
        Assert.Equal((method, path, api, 200), (call.Method, call.Endpoint, Api(call), call.Summary.Status));
    }

    [Theory]
    [InlineData(
        """{"error":{"message":"No quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}""",
        429,
        null
    )]
    [InlineData(
        """{"error":{"message":"No quota","type":"invalid_request_error","param":"p","code":"unknown_parameter"}}""",
        400,
        null
    )]
    [InlineData(
        """{"type":"error","error":{"type":"overloaded_error","message":"No quota"}}""",
        529,
        "anthropic-messages"
    )]
    [InlineData(
        """{"error":{"code":429,"message":"No quota","status":"RESOURCE_EXHAUSTED","details":[{"quotaId":"RequestsPerProjectPerModel"}]}}""",
        429,
        "gemini"
    )]
    public void An_error_has_the_status_of_its_type(string answer, int status, string? api)
    {
        var call = Read(answer);
        var error = ConversationAssembler.Assemble(call).Error!;
        Assert.Equal((status, api, "No quota"), (call.Summary.Status, Api(call), error.Message));
        Assert.Empty(new HealthCheck().Check(Open(answer)));
    }

    [Theory]
    [InlineData("""{"text":"Hello"}""", "a text that was made from sound")]
    [InlineData(
        """{"error":{"code":429,"message":"No quota","status":"RESOURCE_EXHAUSTED"}}""",
        "the body of an error"
    )]
    [InlineData(
        """{"error":{"message":"No such customer","type":"invalid_request_error","doc_url":"https://x"}}""",
        "the body of an error"
    )]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"Hello"}]}""", "the body of a request")]
    [InlineData("""{"embedding":[0.1,0.2]}""", "an embedding")]
    [InlineData("""{"id":"1","status":"in_progress","created_on":"2026-01-01"}""", "the state of a job")]
    [InlineData("""{"status":200,"headers":{},"body":"Hello"}""", "a response without its request")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", "subtitles")]
    [InlineData("ID3\u0004\u0000\u0000\u0000\u0000\u0000\u00ff\u00fb", "sound (audio/mpeg)")]
    public void What_could_be_something_else_is_named_and_not_read(string content, string name)
    {
        var path = _folder.Add("a.json", Encoding.Latin1.GetBytes(content));
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal(CassetteError.CassetteFormatUnknown, error.Error);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);

        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(content));
        error = Assert.Throws<CassetteException>(() => CassetteStore.Open(stream, "a.json"));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);

        // In a folder it is no cassette.
        Assert.DoesNotContain(LoadFolder(), load => load.Cassette is not null);
    }

    [Theory]
    [InlineData("""{"name":"app","version":"1.0.0","dependencies":{"a":"^1"}}""")]
    [InlineData("""{"status":"completed","usage":{"total":3},"steps":[{"run":"a"}]}""")]
    [InlineData("""{"results":[{"index":1,"relevance_score":0.5}]}""")]
    [InlineData("""{"object":"file","path":"/x"}""")]
    [InlineData("""{"created":1,"data":[{"url":"https://x"}],"page":1}""")]
    [InlineData("""{"text":"x","language":"en","tags":[],"id":1,"duration":3}""")]
    [InlineData("""{"message":{"role":"user"},"finish_reason":"x"}""")]
    [InlineData("""{"output":{"message":{"content":"x"}},"stopReason":1}""")]
    [InlineData("""{"pages":[{"markdown":"x"}]}""")]
    [InlineData("""{"predictions":[{"score":1}]}""")]
    [InlineData("{\"type\":\"message-start\"}\n{\"type\":\"message-end\"}\n")]
    [InlineData("""[{"type":"assistant","message":{"content":"x"}}]""")]
    public void Other_json_is_no_answer(string content)
    {
        _folder.Add("a.json", Encoding.UTF8.GetBytes(content));
        Assert.DoesNotContain(LoadFolder(), load => load.Cassette is not null);
    }

    private IEnumerable<CassetteLoad> LoadFolder() =>
        CassetteStore.Load(CassetteStore.Find(_folder.FullName, recurse: true));

    /// <summary>Returns the one interaction of an answer.</summary>
    internal static Interaction Read(string text) => Assert.Single(Open(text).Interactions);

    /// <summary>Returns what the API of an interaction is called.</summary>
    internal static string? Api(Interaction call) => InteractionFacts.Read(call).Api;

    /// <summary>Opens an answer, of which only the content tells what it is.</summary>
    internal static Cassette Open(string text)
    {
        var cassette = CassetteStore.Open(Encoding.UTF8.GetBytes(text), CassetteOrigin.OfMemory("a.json"));
        Assert.Equal("bare-answer", cassette.Format);
        return cassette;
    }
}
