using System.Collections.Concurrent;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Remembers long texts in which a set of rules found nothing. The same text is scanned when a request arrives, when it is
/// recorded and when it is matched, which takes much longer than its hash.
/// </summary>
/// <param name="ofFewer">
/// Those of a set with the same rules and fewer values: what is clean by all of them is clean by fewer.
/// </param>
internal sealed class CleanTexts(CleanTexts? ofFewer = null)
{
    /// <summary>Shorter texts are scanned again.</summary>
    public const int Shortest = 64 << 10;

    private const int MostTexts = 4096;

    private readonly ConcurrentDictionary<UInt128, byte> _hashes = new();

    /// <summary>Returns what a text is remembered by.</summary>
    /// <param name="raw">The bytes between the quotes of a JSON string.</param>
    public static UInt128 HashOf(ReadOnlySpan<byte> raw) =>
        ContentHash.Of(raw.IndexOf((byte)'\\') < 0 ? raw : JsonText.DecodeUtf8(raw));

    /// <summary>Returns whether a text is known to contain nothing.</summary>
    public bool Contains(UInt128 hash) => _hashes.ContainsKey(hash);

    /// <summary>Remembers a text.</summary>
    public void Add(UInt128 hash)
    {
        if (_hashes.Count >= MostTexts)
        {
            _hashes.Clear();
        }

        _hashes[hash] = 0;
        ofFewer?.Add(hash);
    }
}
