namespace OpenAICassette.Redaction.Rules;

/// <summary>Represents the endings of words. Only those with a word's last letter are compared with it.</summary>
internal sealed class WordEndings(IEnumerable<string> endings)
{
    private readonly string[]?[] _byLast = ByLast(endings);

    /// <summary>Returns whether a word has one of the endings.</summary>
    public bool IsOf(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word[^1] >= _byLast.Length || _byLast[word[^1]] is not { } candidates)
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

    private static string[]?[] ByLast(IEnumerable<string> endings)
    {
        var byLast = new string[]?[128];
        foreach (var ending in endings)
        {
            byLast[ending[^1]] = [.. byLast[ending[^1]] ?? [], ending];
        }

        return byLast;
    }
}
