namespace OpenAICassette.Matching;

/// <summary>
/// Selects members of a request that comparisons ignore, by JSON pointers in which <c>*</c> stands for any member or
/// element, and the parts of texts that they ignore. A value is walked together with the rest of the patterns that can
/// still match inside it.
/// </summary>
internal sealed class MemberPatterns
{
    private readonly string[][] _rests;

    private MemberPatterns(string[][] rests, TextPatterns? texts)
    {
        _rests = rests;
        Texts = texts;
    }

    /// <summary>Gets patterns that match nothing.</summary>
    public static MemberPatterns None { get; } = new([], null);

    /// <summary>Reads pointers.</summary>
    /// <param name="pointers">The pointers, with a slash before every step; members of the root may omit it.</param>
    /// <param name="texts">The parts of texts that are ignored; null for none.</param>
    /// <exception cref="ArgumentException">A pattern is empty.</exception>
    public static MemberPatterns Parse(IEnumerable<string> pointers, TextPatterns? texts = null) =>
        new([.. pointers.Select(Steps)], texts);

    /// <summary>Gets the parts of texts that are ignored; null for none.</summary>
    public TextPatterns? Texts { get; }

    /// <summary>Gets whether there is no pattern, so that nothing inside can match.</summary>
    public bool IsEmpty => _rests.Length == 0;

    /// <summary>Returns the rest of the patterns inside a member or element.</summary>
    /// <param name="step">Its name or index.</param>
    /// <param name="isIgnored">True if a pattern ends here.</param>
    public MemberPatterns Inside(string step, out bool isIgnored)
    {
        isIgnored = false;
        List<string[]>? rests = null;
        foreach (var rest in _rests)
        {
            if (rest[0] != "*" && rest[0] != step)
            {
                continue;
            }

            isIgnored |= rest.Length == 1;
            if (rest.Length > 1)
            {
                (rests ??= []).Add(rest[1..]);
            }
        }

        return rests is not null ? new MemberPatterns([.. rests], Texts)
            : Texts is null ? None
            : new MemberPatterns([], Texts);
    }

    private static string[] Steps(string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        var steps = (pointer.StartsWith('/') ? pointer[1..] : pointer).Split('/');
        return steps is [""]
            ? throw new ArgumentException(
                $"'{pointer}' does not name a member. Use for example /metadata or /messages/*/name.",
                nameof(pointer)
            )
            : Array.ConvertAll(steps, step =>
                step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            );
    }
}
