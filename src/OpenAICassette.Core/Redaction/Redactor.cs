using OpenAICassette.Redaction;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette;

/// <summary>
/// Takes secrets out of cassettes and other texts. One redactor is one run: the same value gets the same placeholder in
/// all of them, so what belonged together still does.
/// </summary>
public sealed class Redactor
{
    private const int MostRounds = 6;

    /// <summary>Shorter values may stand in a text by chance; they are replaced only where a rule finds them.</summary>
    private const int ShortestRepeated = 12;

    private readonly Placeholders _placeholders;
    private readonly SecretRules _rules;

    /// <summary>Begins a run.</summary>
    /// <param name="options">What to look for; the standard rules when null.</param>
    /// <exception cref="RuleFileException">A rule file cannot be read, or a rule in it is wrong.</exception>
    public Redactor(RedactionOptions? options = null)
    {
        _rules = options is null ? SecretRules.Standard : RuleChoice.Of(options);
        _placeholders = new Placeholders(options?.Salt);
    }

    /// <summary>Begins a run with a choice of rules.</summary>
    internal Redactor(SecretRules rules)
    {
        _rules = rules;
        _placeholders = new Placeholders();
    }

    /// <summary>The ids of all rules, those of personal data and identifiers too.</summary>
    public static IReadOnlyList<string> RuleIds => RuleChoice.Ids;

    /// <summary>Tells what secrets a cassette holds. May be called from any thread.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Stops between texts.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, has changed since it was listed, or could not be looked through to its end.
    /// </exception>
    public IReadOnlyList<Finding> Find(Cassette cassette, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var document = cassette.Read(cancellation);
        var scan = Scan(document, cassette.Path ?? cassette.Name, _rules, cancellation);
        return scan.Hits.Count == 0
            ? []
            : scan.Hits.Select(new FindingMaker(document, scan, cassette.Path ?? cassette.Name).Of).ToArray();
    }

    /// <summary>
    /// Tells of a cassette that it is about to be made clean: placeholders that it already holds are not given to other
    /// values. Only needed for those that come after the first with a secret.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Ends the wait for its file.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public void Announce(Cassette cassette, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        _placeholders.LeaveOut(cassette.Read(cancellation).Span);
    }

    /// <summary>
    /// Replaces the secrets of a cassette. Secrets are looked for in decoded text, and only their own bytes are
    /// changed.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Stops between reading and replacing.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed; or it could not be made clean.
    /// </exception>
    public RedactionResult Redact(Cassette cassette, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var (clean, findings) = Redact(
            cassette.Read(cancellation),
            cassette.Path ?? cassette.Name,
            _placeholders,
            cancellation
        );
        return new RedactionResult(findings.Count == 0 ? cassette : CassetteStore.Edited(cassette, clean), findings);
    }

    /// <summary>
    /// Replaces the secrets of one request's body by the same rules. Its placeholders are numbered by themselves, for
    /// each rule in the order in which they stand there, and leave no trace in the run. May be called from any thread.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <returns>The body without secrets; the same memory when there is none.</returns>
    internal ReadOnlyMemory<byte> RedactRequest(ReadOnlyMemory<byte> body) =>
        Redact(body, "request", new Placeholders(), CancellationToken.None).Clean;

    private (ReadOnlyMemory<byte> Clean, IReadOnlyList<Finding> Findings) Redact(
        ReadOnlyMemory<byte> document,
        string path,
        Placeholders placeholders,
        CancellationToken cancellation
    )
    {
        var scan = Scan(document, path, _rules, cancellation);
        if (scan.Hits.Count == 0)
        {
            return (document, []);
        }

        placeholders.LeaveOut(document.Span);
        var findings = new List<Finding>();
        var values = new Dictionary<string, SecretRule>(_rules.Values, StringComparer.Ordinal);
        var clean = document;

        // Again until nothing is found: what a rule knew in one place is known in all others, and the result is proved
        // on the way.
        for (var round = 0; scan.Hits.Count > 0; round++)
        {
            if (round == MostRounds)
            {
                throw NotScrubbed(
                    path,
                    $"after {MostRounds} rounds, there is still a secret of the rule {scan.Hits[0].Rule.Id}"
                );
            }

            var texts = scan.Hits.Select(hit => placeholders.For(hit.Rule, hit.Value)).ToList();
            var maker = new FindingMaker(clean, scan, path);
            foreach (var (hit, text) in scan.Hits.Zip(texts))
            {
                findings.Add(maker.Of(hit) with { Placeholder = text });
                if (hit.Value.Length >= ShortestRepeated)
                {
                    values.TryAdd(hit.Value, hit.Rule);
                }
            }

            var next = 0;
            var (shape, outline) = (scan.Root, scan.Outline);
            clean = scan.Replace(_ => texts[next++]);
            scan = Scan(clean, path, _rules.With(values), cancellation);
            if (outline != scan.Outline || (shape.Exists && !JsonShape.IsSame(shape, scan.Root)))
            {
                throw NotScrubbed(path, "the structure of the document would change");
            }
        }

        return (clean, findings.ToArray());
    }

    /// <summary>
    /// Looks through a document; what could not be looked through to its end is an error, because it may hold anything.
    /// </summary>
    private static DocumentScan Scan(
        ReadOnlyMemory<byte> document,
        string path,
        SecretRules rules,
        CancellationToken cancellation
    )
    {
        try
        {
            return DocumentScan.Of(document, rules, cancellation);
        }
        catch (ScanLimitException e)
        {
            throw new CassetteException(
                CassetteError.CassetteNotSearched,
                path,
                $"not searched completely for secrets: {e.Message}",
                inner: e
            );
        }
    }

    private static CassetteException NotScrubbed(string path, string problem) =>
        new(CassetteError.CassetteNotWritten, path, $"not scrubbed: {problem}");
}
