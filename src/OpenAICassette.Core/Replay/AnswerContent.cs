using System.Net;

namespace OpenAICassette.Replay;

/// <summary>Represents the body of an answer in process: the client reads its frames as they become due.</summary>
internal sealed class AnswerContent : HttpContent
{
    private readonly WireAnswer _answer;
    private readonly ReplayPace _pace;
    private readonly Fault? _fault;

    /// <summary>Creates the body of an answer.</summary>
    public AnswerContent(WireAnswer answer, ReplayPace pace, Fault? fault)
    {
        _answer = answer;
        _pace = pace;
        _fault = fault;
    }

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync() =>
        Task.FromResult<Stream>(new AnswerStream(AnswerScript.Of(_answer, _pace, _fault)));

    /// <inheritdoc/>
    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) =>
        new AnswerStream(AnswerScript.Of(_answer, _pace, _fault));

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        var body = new AnswerStream(AnswerScript.Of(_answer, _pace, _fault));
        await using (body.ConfigureAwait(false))
        {
            await body.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _answer.Frames.Sum(frame => (long)frame.Length);
        return !_answer.IsStream && _answer is { Cut: null, OpenBody: null } && _fault is null;
    }
}
