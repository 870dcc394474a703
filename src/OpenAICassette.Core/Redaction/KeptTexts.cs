using OpenAICassette.Formats.AgentLogs;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction;

/// <summary>
/// Holds what a scrub keeps of the log of an agent, so that its session can be resumed: ids, links, signatures
/// and encrypted thoughts. They look random, as secrets do; a key of a known form is removed even there.
/// </summary>
internal sealed class KeptTexts
{
    private readonly List<LinkedText> _texts;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private KeptTexts(ReadOnlyMemory<byte> document)
    {
        _texts = LinkedTexts.Find(document);
        foreach (var text in _texts.Where(text => !text.IsOpaque))
        {
            _ids.Add(JsonText.Decode(document.Span.Slice(text.Span.Start + 1, text.Span.Length - 2)));
        }
    }

    /// <summary>Returns what is kept of a document; null if it is not the log of an agent.</summary>
    /// <param name="format">The name of the document's format.</param>
    /// <param name="document">The document's bytes.</param>
    public static KeptTexts? Of(string? format, ReadOnlyMemory<byte> document) => IsFor(format) ? new(document) : null;

    /// <summary>Returns whether a format is one of logs.</summary>
    /// <param name="format">The name of the format; null for none.</param>
    public static bool IsFor(string? format) =>
        format is not null && CassetteFormats.ByName(format) is { Info.IsLog: true };

    /// <summary>Returns whether a text that a rule found stays.</summary>
    public bool Keeps(SecretHit hit)
    {
        var isKnownForm = hit.Rule.Pattern is not null;
        if (!isKnownForm && _ids.Contains(hit.Value))
        {
            return true;
        }

        var at = IndexAt(hit.First.Offset);
        if (at < 0 || hit.Last.Offset >= _texts[at].Span.Start + _texts[at].Span.Length)
        {
            return false;
        }

        // By chance, a part of a signature can have the form of a key.
        const int quotes = 2;
        return !isKnownForm || (_texts[at].IsOpaque && hit.Value.Length < _texts[at].Span.Length - quotes);
    }

    /// <summary>Returns whether a changed document still has the same texts.</summary>
    /// <param name="before">The document before.</param>
    /// <param name="after">The document after.</param>
    /// <param name="removed">The secrets that were removed from such texts.</param>
    public static bool AreIn(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, IReadOnlySet<string> removed)
    {
        var (old, changed) = (LinkedTexts.Find(before), LinkedTexts.Find(after));
        return old.Count == changed.Count
            && old.Zip(changed)
                .All(pair =>
                    BytesOf(before, pair.First).SequenceEqual(BytesOf(after, pair.Second))
                    || removed.Any(secret => TextOf(before, pair.First).Contains(secret, StringComparison.Ordinal))
                );
    }

    private static ReadOnlySpan<byte> BytesOf(ReadOnlyMemory<byte> document, LinkedText text) =>
        document.Span.Slice(text.Span.Start, text.Span.Length);

    private static string TextOf(ReadOnlyMemory<byte> document, LinkedText text) =>
        JsonText.Decode(BytesOf(document, text)[1..^1]);

    /// <summary>Returns the index of the text at an offset; -1 if there is none.</summary>
    private int IndexAt(long offset)
    {
        var (low, high) = (0, _texts.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var span = _texts[middle].Span;
            if (offset < span.Start)
            {
                high = middle - 1;
            }
            else if (offset >= span.Start + span.Length)
            {
                low = middle + 1;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }
}
