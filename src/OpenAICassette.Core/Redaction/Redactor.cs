using System.Text;
using OpenAICassette.Formats;
using OpenAICassette.Json;

namespace OpenAICassette.Redaction;

/// <summary>
/// Takes secrets out of cassettes. One redactor is one run: the same value gets the same placeholder in all its cassettes,
/// so what belonged together still does.
/// </summary>
public sealed class Redactor
{
    private readonly Placeholders _placeholders = new();

    /// <summary>Replaces the secrets of a cassette. Secrets are looked for in decoded text, and only their own bytes are changed.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Stops between reading and replacing.</param>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public RedactionResult Redact(Cassette cassette, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var document = cassette.Read(cancellation);
        var findings = new List<Finding>();
        var edits = Edits(document, JsonTree.ParseFile(document).Root, _placeholders, cassette.Path ?? cassette.Name, findings, cancellation);
        var clean = edits.Count == 0 ? cassette : CassetteStore.Open(ByteEdit.Apply(document.Span, edits), cassette.Origin.Edited());
        return new RedactionResult(clean, findings);
    }

    /// <summary>
    /// Replaces the secrets of one request's body by the same rules. Its placeholders are numbered by themselves, for each rule in the
    /// order in which they stand there, and leave no trace in the run. May be called from any thread.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <returns>The body without secrets; the same memory when there is none, or when the body is not JSON.</returns>
#pragma warning disable CA1822 // Which rules there are will be the redactor's own choice.
    internal ReadOnlyMemory<byte> RedactRequest(ReadOnlyMemory<byte> body)
#pragma warning restore CA1822
    {
        var root = JsonValue.ParseOrUndefined(body);
        var edits = root.Exists ? Edits(body, root, new Placeholders(), string.Empty, [], CancellationToken.None) : [];
        return edits.Count == 0 ? body : ByteEdit.Apply(body.Span, edits);
    }

    private static List<ByteEdit> Edits(
        ReadOnlyMemory<byte> document, JsonValue root, Placeholders placeholders, string path, List<Finding> findings, CancellationToken cancellation)
    {
        var edits = new List<ByteEdit>();
        foreach (var (name, pointer, value) in JsonStrings.Of(root))
        {
            cancellation.ThrowIfCancellationRequested();
            var raw = document.Slice(value.Start + 1, value.Length - 2);
            var text = JsonText.Decode(raw.Span);
            var matches = Matches(name, text);
            if (matches.Count == 0)
            {
                continue;
            }

            var places = new DecodedString(raw.Span);
            foreach (var match in matches)
            {
                var secret = text.Substring(match.Start, match.Length);
                var placeholder = placeholders.For(match.Rule, secret, taken => document.Span.IndexOf(Encoding.UTF8.GetBytes(taken)) >= 0);
                var start = places.OffsetOf(match.Start);
                edits.Add(new ByteEdit(value.Start + 1 + start, places.OffsetOf(match.Start + match.Length) - start, Encoding.UTF8.GetBytes(placeholder)));
                findings.Add(new Finding(match.Rule.Id, path, pointer, placeholder));
            }
        }

        return edits;
    }

    /// <summary>What the rules find in a text, in order; where two overlap, the more specific rule has it.</summary>
    private static List<SecretMatch> Matches(string name, string text)
    {
        List<SecretMatch> keys = [], headers = [], urls = [];
        ProviderKeys.Find(text, keys);
        SecretHeaders.Find(name, text, headers);
        UrlCredentials.Find(text, urls);

        // A header field goes whole, but where it is nothing else than a provider's key, it is known by that.
        var exact = keys.Where(key => headers.Exists(header => header.Start == key.Start && header.Length == key.Length));
        List<SecretMatch> found = [.. exact, .. headers, .. keys, .. urls];
        var kept = new List<SecretMatch>(found.Count);
        foreach (var match in found)
        {
            if (!kept.Exists(other => match.Start < other.Start + other.Length && other.Start < match.Start + match.Length))
            {
                kept.Add(match);
            }
        }

        kept.Sort((a, b) => a.Start.CompareTo(b.Start));
        return kept;
    }
}
