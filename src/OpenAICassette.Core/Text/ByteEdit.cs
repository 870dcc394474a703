namespace OpenAICassette.Text;

/// <summary>Represents a range of a document's bytes and what takes its place.</summary>
/// <param name="Start">Offset of the first byte to replace.</param>
/// <param name="Length">How many bytes to replace.</param>
/// <param name="Replacement">The new bytes.</param>
internal readonly record struct ByteEdit(int Start, int Length, ReadOnlyMemory<byte> Replacement)
{
    /// <summary>Applies edits that are in order and do not overlap; every byte outside them stays as it was.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> document, IEnumerable<ByteEdit> edits)
    {
        var result = new ByteBuilder(document.Length + 256);
        var done = 0;
        foreach (var edit in edits)
        {
            result.Append(document[done..edit.Start]);
            result.Append(edit.Replacement.Span);
            done = edit.Start + edit.Length;
        }

        result.Append(document[done..]);
        return result.ToArray();
    }
}
