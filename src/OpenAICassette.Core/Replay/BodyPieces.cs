namespace OpenAICassette.Replay;

/// <summary>Reads the file that holds a body, piece by piece.</summary>
internal static class BodyPieces
{
    private const int PieceBytes = 128 << 10;

    /// <summary>Returns the pieces of a file, each valid until the next; none if there is no file.</summary>
    /// <param name="open">Opens the file; null if there is none.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(Func<FileStream>? open)
    {
        if (open is null)
        {
            yield break;
        }

        using var file = open();
        var buffer = new byte[PieceBytes];
        while (file.Read(buffer) is var count and > 0)
        {
            yield return buffer.AsMemory(0, count);
        }
    }
}
