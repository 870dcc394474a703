using System.Collections.Frozen;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Represents the endings of words. Only those with a word's last letter are compared with it.</summary>
internal sealed class WordEndings(IEnumerable<string> endings)
{
    private readonly FrozenDictionary<char, string[]> _byLast = endings
        .GroupBy(ending => ending[^1])
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Returns whether a word has one of the endings.</summary>
    public bool IsOf(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || !_byLast.TryGetValue(word[^1], out var candidates))
        {
            return false;
        }

        foreach (var ending in candidates)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
