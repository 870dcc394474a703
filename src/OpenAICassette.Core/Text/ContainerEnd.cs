using System.Runtime.CompilerServices;

namespace OpenAICassette.Text;

/// <summary>Finds the end of an object or array, and proves it on the way, with a structural index.</summary>
internal static class ContainerEnd
{
    /// <summary>The deepest nesting that is read here.</summary>
    public const int MaxDepth = 64;

    /// <summary>Returns where a container ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place after its opening bracket.</param>
    /// <param name="isObject">True for an object.</param>
    /// <returns>
    /// The place after its closing bracket; a negative number where something is wrong, which is for the scanner to
    /// say, or where containers are nested deeper than is common.
    /// </returns>
    /// <exception cref="JsonTextException">A number or literal is wrong.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Of(ReadOnlySpan<byte> text, int at, bool isObject)
    {
        var tokens = new StructuralIndex(text, at);
        var starts = 0UL;
        var objects = isObject ? 1UL : 0;
        var depth = 1;
        var token = tokens.Next(ref starts);
        var isEnd = (uint)token < (uint)text.Length && text[token] == End(isObject);
        while ((uint)token < (uint)text.Length)
        {
            if (isEnd)
            {
                objects >>= 1;
                isObject = (objects & 1) != 0;
                if (--depth == 0)
                {
                    return token + 1;
                }
            }
            else
            {
                if (isObject)
                {
                    token = text[token] == '"' ? AfterColon(text, ref tokens, ref starts) : -1;
                    if ((uint)token >= (uint)text.Length)
                    {
                        return -1;
                    }
                }

                var first = text[token];
                if (first is (byte)'{' or (byte)'[' && depth < MaxDepth)
                {
                    isObject = first == '{';
                    objects = (objects << 1) | (isObject ? 1UL : 0);
                    depth++;
                    token = tokens.Next(ref starts);
                    isEnd = (uint)token < (uint)text.Length && text[token] == End(isObject);
                    continue;
                }

                if (first != '"' && !IsWord(text, token))
                {
                    return -1;
                }
            }

            // A value is behind us: the next one follows, or the end.
            token = tokens.Next(ref starts);
            if ((uint)token >= (uint)text.Length)
            {
                return -1;
            }

            isEnd = text[token] == End(isObject);
            if (!isEnd)
            {
                token = text[token] == ',' ? tokens.Next(ref starts) : -1;
            }
        }

        return -1;
    }

    private static char End(bool isObject) => isObject ? '}' : ']';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AfterColon(ReadOnlySpan<byte> text, ref StructuralIndex tokens, ref ulong starts)
    {
        var colon = tokens.Next(ref starts);
        return (uint)colon < (uint)text.Length && text[colon] == ':' ? tokens.Next(ref starts) : -1;
    }

    /// <summary>Returns whether a number or literal stands at a place, and nothing else right behind it.</summary>
    private static bool IsWord(ReadOnlySpan<byte> text, int at)
    {
        var end = text[at] switch
        {
            (byte)'n' or (byte)'t' or (byte)'f' => JsonLexer.LiteralEnd(text, at),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonLexer.NumberEnd(text, at),
            _ => -1,
        };
        return (uint)end < (uint)text.Length
            && text[end] is (byte)',' or (byte)'}' or (byte)']' or (byte)'\n' or (byte)' ' or (byte)'\r' or (byte)'\t';
    }
}
