using System.Diagnostics;
using OpenAICassette.Text;

namespace OpenAICassette.Replay;

/// <summary>
/// Represents the frames of an answer as a stream: a read waits until the next frame is due and never returns two at
/// once.
/// </summary>
internal sealed class AnswerStream(IEnumerable<AnswerStep> script) : ReadOnlyStream
{
    private readonly IEnumerator<AnswerStep> _steps = script.GetEnumerator();
    private readonly long _started = Stopwatch.GetTimestamp();
    private ReadOnlyMemory<byte> _rest;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (buffer.IsEmpty || !_steps.MoveNext())
            {
                return 0;
            }

            var step = _steps.Current;
            var wait = step.Due - Stopwatch.GetElapsedTime(_started);
            if (wait > TimeSpan.Zero)
            {
                await Pacemaker.Shared.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }

            switch (step.Action)
            {
                case AnswerAction.Stall:
                    await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
                    break;
                case AnswerAction.Send:
                    _rest = step.Bytes;
                    break;
                default:
                    throw new HttpIOException(
                        HttpRequestError.ResponseEnded,
                        "the answer was cut off here, as in the recording or by an injected fault"
                    );
            }
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _steps.Dispose();
        base.Dispose(disposing);
    }
}
