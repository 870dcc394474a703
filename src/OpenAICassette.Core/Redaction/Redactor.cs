using OpenAICassette.Formats;
using OpenAICassette.Json;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette.Redaction;

/// <summary>
/// Takes secrets out of cassettes and other documents. One redactor is one run: the same value gets the same placeholder in all of
/// them, so what belonged together still does.
/// </summary>
public sealed class Redactor
{
    private const int MostRounds = 6;

    private readonly Placeholders _placeholders = new();
    private readonly SecretRules _rules = SecretRules.Standard;

    /// <summary>Replaces the secrets of a cassette. Secrets are looked for in decoded text, and only their own bytes are changed.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Stops between reading and replacing.</param>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed; or it could not be made clean.</exception>
    public RedactionResult Redact(Cassette cassette, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var document = cassette.Read(cancellation);
        var path = cassette.Path ?? cassette.Name;
        var (clean, findings) = Redact(document, path, _placeholders, cancellation);
        return new RedactionResult(findings.Count == 0 ? cassette : CassetteStore.Open(clean, cassette.Origin.Edited()), findings);
    }

    /// <summary>Replaces the secrets of any document: JSON of any shape, or another text in UTF-8.</summary>
    /// <param name="document">The document's bytes.</param>
    /// <param name="path">The file, for findings.</param>
    /// <param name="cancellation">Stops between texts.</param>
    /// <exception cref="CassetteException">The document could not be made clean.</exception>
    public DocumentRedaction Redact(ReadOnlyMemory<byte> document, string path, CancellationToken cancellation = default)
    {
        var (clean, findings) = Redact(document, path, _placeholders, cancellation);
        return new DocumentRedaction(clean, findings);
    }

    /// <summary>
    /// Replaces the secrets of one request's body by the same rules. Its placeholders are numbered by themselves, for each rule in the
    /// order in which they stand there, and leave no trace in the run. May be called from any thread.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <returns>The body without secrets; the same memory when there is none.</returns>
    internal ReadOnlyMemory<byte> RedactRequest(ReadOnlyMemory<byte> body) => Redact(body, "request", new Placeholders(), CancellationToken.None).Clean;

    private (ReadOnlyMemory<byte> Clean, IReadOnlyList<Finding> Findings) Redact(ReadOnlyMemory<byte> document, string path, Placeholders placeholders, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var values = new Dictionary<string, SecretRule>(_rules.Values, StringComparer.Ordinal);
        var clean = document;
        for (var round = 0; ; round++)
        {
            var scan = DocumentScan.Of(clean, round == 0 ? _rules : _rules.With(values), cancellation);
            if (scan.Hits.Count == 0)
            {
                break;
            }

            if (round == MostRounds)
            {
                throw new CassetteException(CassetteError.CassetteNotWritten, path, $"not scrubbed: after {MostRounds} rounds there still is a {scan.Hits[0].Rule.Id}");
            }

            var current = clean;
            var texts = scan.Hits.Select(hit => placeholders.For(hit.Rule, hit.Value, taken => Holds(current, taken))).ToList();
            findings.AddRange(scan.Hits.Select((hit, index) => FindingOf(scan, hit, path, texts[index])));
            var next = 0;
            clean = scan.Replace(_ => texts[next++]);
            foreach (var hit in scan.Hits.Where(hit => hit.Value.Length >= 12))
            {
                values.TryAdd(hit.Value, hit.Rule);
            }

            if (scan.Root.Exists && !JsonShape.IsSame(scan.Root, JsonValue.ParseOrUndefined(clean, JsonText.MarkLength(clean.Span))))
            {
                throw new CassetteException(CassetteError.CassetteNotWritten, path, "not scrubbed: the document would not have the same shape");
            }
        }

        return (clean, findings);
    }

    private static bool Holds(ReadOnlyMemory<byte> document, string text) => document.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;

    private static Finding FindingOf(DocumentScan scan, SecretHit hit, string path, string placeholder)
        => new(hit.Rule.Id, path, scan.Root.Exists ? JsonPointer.Of(scan.Root, hit.First.Row) : string.Empty, placeholder);
}
