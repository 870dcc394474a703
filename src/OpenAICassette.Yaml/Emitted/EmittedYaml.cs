using System.Buffers;
using OpenAICassette.Text;

namespace OpenAICassette.Emitted;

/// <summary>
/// Writes YAML as JSON where it is written as the emitters of recorders write it: block style, quoted, plain and literal
/// scalars, small flow collections. That is nearly all of it, and many times as fast as the parser of all of YAML. What
/// it is not sure of it leaves to that parser; where it gives a result, it is the same.
/// </summary>
internal static class EmittedYaml
{
    /// <summary>Bytes that only the parser of all of YAML reads: other line ends than a line feed, and control codes.</summary>
    private static readonly SearchValues<byte> s_other = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(code => (byte)code).Except("\n\t"u8.ToArray()),
        0x7f,
    ]);

    /// <summary>Returns each document of a YAML stream as JSON in UTF-8; null if the parser must read it.</summary>
    /// <param name="yaml">The text, valid UTF-8 without a byte order mark.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static List<ReadOnlyMemory<byte>>? ToJson(ReadOnlySpan<byte> yaml, CancellationToken cancellation)
    {
        if (yaml.IsEmpty || yaml[^1] != '\n' || HasOther(yaml))
        {
            return null;
        }

        var documents = new List<ReadOnlyMemory<byte>>();
        var output = new ByteBuilder(yaml.Length + (yaml.Length / 8));
        var cursor = new EmittedCursor(yaml, output, cancellation);
        var ends = new List<int>();
        for (cursor.NextLine(); !cursor.IsEnd; )
        {
            if (cursor.IsMark)
            {
                cursor.At += 3;
                if (!cursor.TryEndLine() || cursor.IsEnd || cursor.IsMark)
                {
                    return null;
                }
            }
            else if (ends.Count > 0)
            {
                return null;
            }

            if (!EmittedBlock.TryRead(ref cursor, parent: -1) || !(cursor.IsEnd || cursor.IsMark))
            {
                return null;
            }

            ends.Add(output.Length);
        }

        var start = 0;
        foreach (var end in ends)
        {
            documents.Add(output.Memory[start..end]);
            start = end;
        }

        return documents;
    }

    private static bool HasOther(ReadOnlySpan<byte> yaml) =>
        yaml.IndexOfAny(s_other) >= 0
        || yaml.IndexOf("\u0085"u8) >= 0
        || yaml.IndexOf("\u2028"u8) >= 0
        || yaml.IndexOf("\u2029"u8) >= 0
        || yaml.IndexOf("\uFEFF"u8) >= 0;
}
