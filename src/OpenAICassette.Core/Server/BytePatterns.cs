using OpenAICassette.Text;

namespace OpenAICassette.Server;

/// <summary>Finds and replaces bytes.</summary>
internal static class BytePatterns
{
    /// <summary>Returns bytes in which one sequence is replaced with another wherever it occurs.</summary>
    public static ReadOnlyMemory<byte> Replace(
        ReadOnlyMemory<byte> bytes,
        ReadOnlySpan<byte> old,
        ReadOnlySpan<byte> replacement
    )
    {
        var result = new ByteBuilder(bytes.Length + replacement.Length);
        var rest = bytes.Span;
        while (rest.IndexOf(old) is var at and >= 0)
        {
            result.Append(rest[..at]);
            result.Append(replacement);
            rest = rest[(at + old.Length)..];
        }

        result.Append(rest);
        return result.Memory;
    }

    /// <summary>Returns the length of the longest end of some bytes with which a sequence could begin.</summary>
    public static int BeginningAtEnd(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sequence)
    {
        for (var length = Math.Min(bytes.Length, sequence.Length - 1); length > 0; length--)
        {
            if (sequence.StartsWith(bytes[^length..]))
            {
                return length;
            }
        }

        return 0;
    }
}
