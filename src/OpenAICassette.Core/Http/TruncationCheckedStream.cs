namespace OpenAICassette.Http;

/// <summary>
/// Represents compressed bytes and detects reading beyond their end, which the decoders of the framework accept as a
/// regular end.
/// </summary>
/// <param name="inner">The compressed bytes.</param>
internal sealed class TruncationCheckedStream(Stream inner) : WatchedStream(inner)
{
    private bool _hasBytes;

    /// <inheritdoc/>
    protected override void See(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty && _hasBytes)
        {
            throw new InvalidDataException("the compressed data is cut off");
        }

        _hasBytes |= !bytes.IsEmpty;
    }
}
