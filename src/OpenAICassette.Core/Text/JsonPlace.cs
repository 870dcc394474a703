using System.Globalization;
using System.Text;

namespace OpenAICassette.Text;

/// <summary>
/// Represents a place in a JSON text that a person can find: the byte offset, and the line and column of it.
/// </summary>
/// <param name="Offset">The byte offset, from 0.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The byte in the line, from 1.</param>
internal readonly record struct JsonPlace(long Offset, long Line, long Column)
{
    /// <summary>Returns the place of a byte.</summary>
    public static JsonPlace Of(ReadOnlySpan<byte> document, long offset)
    {
        var before = document[..(int)Math.Min(offset, document.Length)];
        return new JsonPlace(offset, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    /// <summary>Returns the first byte that is not part of valid UTF-8; null if all are.</summary>
    public static JsonPlace? OfInvalidUtf8(ReadOnlySpan<byte> document)
    {
        if (System.Text.Unicode.Utf8.IsValid(document))
        {
            return null;
        }

        var at = 0;
        while (Rune.DecodeFromUtf8(document[at..], out _, out var taken) == System.Buffers.OperationStatus.Done)
        {
            at += taken;
        }

        return Of(document, at);
    }

    /// <summary>Returns the place as text, for example line 3, column 5 (byte offset 47).</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column} (byte offset {Offset})");
}
