using System.Runtime.CompilerServices;

namespace OpenAICassette.Text;

/// <summary>
/// Represents the objects and arrays that are open at a place in a text: one bit for each, 1 for an object.
/// </summary>
internal struct OpenContainers
{
    /// <summary>
    /// The deepest nesting that is read. Real recordings stay under 20; more is taken for an attack on the stack.
    /// </summary>
    public const int MaxDepth = 512;

    private Bits _bits;

    /// <summary>Gets how many containers are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Gets whether the innermost container is an object.</summary>
    public bool IsInObject { get; private set; }

    /// <summary>Opens a container.</summary>
    /// <param name="isObject">True for an object.</param>
    /// <param name="at">Where, for the error when it is one too many.</param>
    public void Open(bool isObject, int at)
    {
        if (Depth == MaxDepth)
        {
            throw new JsonTextException($"nested deeper than {MaxDepth} levels", at);
        }

        var bit = 1UL << (Depth & 63);
        ref var word = ref _bits[Depth >> 6];
        word = isObject ? word | bit : word & ~bit;
        Depth++;
        IsInObject = isObject;
    }

    /// <summary>Closes the innermost container.</summary>
    public void Close()
    {
        Depth--;
        IsInObject = Depth > 0 && ((_bits[(Depth - 1) >> 6] >> ((Depth - 1) & 63)) & 1) != 0;
    }

    [InlineArray(MaxDepth / 64)]
    private struct Bits
    {
        private ulong _word;
    }
}
