using OpenAICassette.Formats.Yaml;
using OpenAICassette.Redaction;
using OpenAICassette.Redaction.Rules;

namespace OpenAICassette;

/// <summary>
/// Removes secrets from cassettes and other texts. One redactor is one run: the same value gets the same placeholder
/// everywhere, so relations are preserved.
/// </summary>
/// <example>
/// <code>
/// var result = new Redactor().Redact(CassetteStore.Open("chat.json"));
/// CassetteStore.Save(result.Cassette, "clean/chat.json");
/// </code>
/// </example>
public sealed class Redactor
{
    private const int MostRounds = 6;

    /// <summary>
    /// The minimum length of a value that is also replaced where no rule finds it; shorter values may occur by chance.
    /// </summary>
    private const int ShortestRepeated = 12;

    private readonly Placeholders _placeholders;
    private readonly SecretRules _rules;

    /// <summary>Begins a run.</summary>
    /// <param name="options">The options; null for the standard rules.</param>
    /// <exception cref="RuleFileException">A rule file cannot be read, or a rule in it is not valid.</exception>
    public Redactor(RedactionOptions? options = null)
    {
        _rules = options is null ? SecretRules.Standard : RuleChoice.Of(options);
        _placeholders = new Placeholders(options?.Salt);
    }

    /// <summary>Begins a run with a set of rules.</summary>
    internal Redactor(SecretRules rules)
    {
        _rules = rules;
        _placeholders = new Placeholders();
    }

    /// <summary>Gets the ids of all rules, including those of personal data and identifiers.</summary>
    public static IReadOnlyList<string> RuleIds => RuleChoice.Ids;

    /// <summary>Gets or sets what computes the hashes that findings carry; null for none.</summary>
    internal SecretHash? Hash { get; set; }

    /// <summary>Returns whether a rule is used in this run.</summary>
    /// <param name="rule">The id of the rule.</param>
    internal bool Uses(string rule) =>
        _rules.All.Any(used => used.Id == rule) || _rules.Values.Values.Any(value => value.Id == rule);

    /// <summary>Finds the secrets of a cassette. Can be called on any thread.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Stops between texts.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, has changed since it was listed, or could not be looked through to its end.
    /// </exception>
    public IReadOnlyList<Finding> Find(Cassette cassette, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var document = cassette.Read(cancellation);
        var yaml = cassette.Source.Recall<YamlTree>();
        var scan = Scan(document, cassette.Path ?? cassette.Name, yaml, _rules, cassette.Format, cancellation);
        return scan.Hits.Count == 0
            ? []
            : scan.Hits.Select(new FindingMaker(document, scan, cassette.Path ?? cassette.Name, Hash).Of).ToArray();
    }

    /// <summary>
    /// Reserves the placeholders that a cassette of the run already contains, so that other values do not get them.
    /// Required only for cassettes after the first one with a secret.
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
    /// Replaces the secrets of a cassette. Secrets are found in decoded text, and only their own bytes are changed.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="cancellation">Stops between reading and replacing.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed; or it could not be made clean.
    /// </exception>
    public RedactionResult Redact(Cassette cassette, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cassette);
        var (clean, yaml, findings) = Redact(
            cassette.Read(cancellation),
            cassette.Path ?? cassette.Name,
            cassette.Source.Recall<YamlTree>(),
            _placeholders,
            cassette.Format,
            cancellation
        );
        return new RedactionResult(
            findings.Count == 0 ? cassette : CassetteStore.Edited(cassette, clean, yaml),
            findings
        );
    }

    /// <summary>
    /// Replaces the secrets in the body of one request by the same rules. Its placeholders are numbered independently
    /// and do not affect the run. Can be called on any thread.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <returns>The body without secrets; the same memory if there are none.</returns>
    internal ReadOnlyMemory<byte> RedactRequest(ReadOnlyMemory<byte> body) =>
        Redact(body, "request", null, placeholders: null, format: null, CancellationToken.None).Clean;

    private (ReadOnlyMemory<byte> Clean, YamlTree? Yaml, IReadOnlyList<Finding> Findings) Redact(
        ReadOnlyMemory<byte> document,
        string path,
        YamlTree? yaml,
        Placeholders? placeholders,
        string? format,
        CancellationToken cancellation
    )
    {
        var scan = Scan(document, path, yaml, _rules, format, cancellation);
        if (scan.Hits.Count == 0)
        {
            return (document, scan.Yaml, []);
        }

        placeholders ??= new Placeholders();
        placeholders.LeaveOut(document.Span);
        var findings = new List<Finding>();
        var values = new Dictionary<string, SecretRule>(_rules.Values, StringComparer.Ordinal);
        var clean = document;

        // The scan repeats until nothing is found: a value found in one place is also replaced in all others, and the
        // last scan proves the result.
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
                if (hit.Value.Length >= ShortestRepeated && hit.Rule.Replacement is null)
                {
                    values.TryAdd(hit.Value, hit.Rule);
                }
            }

            var next = 0;
            var (shape, outline) = (scan.Root, scan.Outline);
            clean = scan.Replace(_ => texts[next++]);
            scan = Scan(clean, path, null, _rules.With(values), format, cancellation);
            if (outline != scan.Outline || (shape.Exists && !JsonShape.IsSame(shape, scan.Root)))
            {
                throw NotScrubbed(path, "the structure of the document would change");
            }
        }

        if (KeptTexts.IsFor(format) && !KeptTexts.AreIn(document, clean, values.Keys.ToHashSet(StringComparer.Ordinal)))
        {
            throw NotScrubbed(path, "an id, a link or a signature would change, so that the session cannot be resumed");
        }

        return (clean, scan.Yaml, findings.ToArray());
    }

    /// <summary>Scans a document. An incomplete scan is an error, because the rest may contain anything.</summary>
    private static DocumentScan Scan(
        ReadOnlyMemory<byte> document,
        string path,
        YamlTree? yaml,
        SecretRules rules,
        string? format,
        CancellationToken cancellation
    )
    {
        try
        {
            var scan = DocumentScan.Of(document, path, yaml, rules, cancellation);
            if (scan.Hits.Count > 0 && KeptTexts.Of(format, document) is { } kept)
            {
                scan.Keep(kept.Keeps);
            }

            return scan;
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
