using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// What one pass over a recording finds: the values that lists show, and where request and response stand.
/// </summary>
internal sealed class RecordingIndex
{
    private const int FirstErrorStatus = 400;
    private const int LastStatus = 999;

    public string? TestId;
    public bool HasTestId;
    public bool HasIdMapping;
    public ByteRange Member;
    public ByteRange Request;
    public string? RequestTestId;
    public string? Method;
    public string? Url;
    public string? Endpoint;
    public string? Model;
    public string? BodyModel;
    public ByteRange Response;
    public bool IsStreaming;
    public int Elements;
    public bool IsException;
    public long Status;

    /// <summary>Returns the index in the words that all formats share.</summary>
    /// <param name="source">Where the recording is.</param>
    public InteractionSummary Summarize(CassetteSource source) =>
        new()
        {
            Method = Method,
            Url = Url,
            Endpoint = Endpoint ?? (Url is null ? null : RecurringTexts.Share(UrlText.PathOf(Url))),
            Model = Model ?? BodyModel,
            TestId = TestId ?? RequestTestId,
            IsStreaming = IsStreaming,
            ChunkCount = IsStreaming ? Elements : 0,
            HasError = IsException || Status is >= FirstErrorStatus and <= LastStatus,
            Status = Status is >= 100 and <= LastStatus ? (int)Status : null,
            Views = new RecordingViews(this, source.Path),
        };
}

/// <summary>Represents a range of a document's bytes.</summary>
internal readonly record struct ByteRange(int Start, int Length);
