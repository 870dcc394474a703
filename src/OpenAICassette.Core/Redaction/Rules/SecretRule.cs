using System.Text.RegularExpressions;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Redaction.Rules;

/// <summary>A kind of secret as data: how it is found in a text, and examples that prove it.</summary>
/// <param name="Id">The rule's stable id, for example openai-api-key; placeholders are made of it.</param>
/// <param name="Description">What is found, for people.</param>
internal sealed record SecretRule(string Id, string Description)
{
    private readonly Lazy<Regex>? _pattern;

    /// <summary>How much a finding matters.</summary>
    public SecretSeverity Severity { get; init; } = SecretSeverity.Error;

    /// <summary>How sure a finding is, at best.</summary>
    public SecretConfidence Confidence { get; init; } = SecretConfidence.High;

    /// <summary>
    /// What proves that a value is of the kind: its checksum, the first bytes of what it encodes. Without it a finding
    /// is less sure.
    /// </summary>
    public Func<string, bool>? Proof { get; init; }

    /// <summary>
    /// Texts at which the pattern is tried. A rule with a pattern and without anchors is tried everywhere, without
    /// backtracking; one without a pattern is served by a parser.
    /// </summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>
    /// The pattern at an anchor; its group "secret" is what goes, or all of it. Repetitions have bounds, so that it
    /// costs the same however long the text is.
    /// </summary>
    public string? Pattern
    {
        get;
        init
        {
            field = value;
            _pattern = value is null
                ? null
                : new(() => new Regex(Anchors.Count > 0 ? $@"\G(?:{value})" : value, Options, Patience));
        }
    }

    /// <summary>
    /// The longest that the pattern of a rule may search one text; the standard rules need a fraction of it.
    /// </summary>
    public static TimeSpan LongestSearch { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the pattern may search one text.</summary>
    public TimeSpan Patience { get; init; } = LongestSearch;

    /// <summary>
    /// How many letters and digits may stand before the anchor and belong to what the pattern describes.
    /// </summary>
    public int LeadIn { get; init; }

    /// <summary>
    /// How many characters of what matched may be shown, because every key of the kind begins with them.
    /// </summary>
    public int Shown { get; init; }

    /// <summary>Whether what matched is a secret indeed: its checksum, its structure, its randomness.</summary>
    public Func<string, bool> IsSecret { get; init; } = SecretValue.IsKey;

    /// <summary>Words of which one must stand near, in any case; none when the form says enough.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>Texts in which the rule finds something; marks in braces stand for random characters.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Texts that look like it and in which the rule finds nothing.</summary>
    public IReadOnlyList<string> CounterExamples { get; init; } = [];

    /// <summary>Names of members of which the whole value must match; none when any text will do.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    private RegexOptions Options =>
        RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture
        | (Anchors.Count > 0 ? RegexOptions.None : RegexOptions.NonBacktracking);

    /// <summary>How sure it is that a value is what the rule says.</summary>
    public SecretConfidence ConfidenceIn(string value) =>
        Proof is not null && Confidence == SecretConfidence.High && !Proof(value)
            ? SecretConfidence.Medium
            : Confidence;

    /// <summary>All secrets in a text, by a rule without anchors.</summary>
    /// <param name="text">The text.</param>
    /// <param name="matches">Takes them.</param>
    /// <exception cref="ScanLimitException">The pattern takes too long.</exception>
    public void FindAll(string text, List<SecretMatch> matches)
    {
        try
        {
            for (var found = _pattern!.Value.Match(text); found.Success; found = found.NextMatch())
            {
                if (Accept(text, found, out var match))
                {
                    matches.Add(match);
                }
            }
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new ScanLimitException(
                $"the rule {Id} searched a text of {text.Length} characters for more than {Patience.TotalSeconds} seconds. Simplify its pattern.",
                e
            );
        }
    }

    /// <summary>The secret at an anchor in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the anchor stands.</param>
    /// <param name="match">The secret, or what has only its form.</param>
    public bool TryMatch(string text, int at, out SecretMatch match)
    {
        match = default;
        var begin = Begin(text, at);
        if (
            begin < 0
            || _pattern is null
            || _pattern.Value.Match(text, begin) is not { Success: true, Length: > 0 } found
        )
        {
            return false;
        }

        return Accept(text, found, out match);
    }

    private bool Accept(string text, Match found, out SecretMatch match)
    {
        var secret = found.Groups["secret"];
        var (start, length) = secret.Success ? (secret.Index, secret.Length) : (found.Index, found.Length);
        while (length > 0 && text[start + length - 1] == '.')
        {
            length--;
        }

        match = new SecretMatch(this, start, length);
        return length > 0
            && !Placeholder.Covers(text.AsSpan(start, length))
            && IsSecret(text.Substring(start, length))
            && HasContext(text, start, length);
    }

    /// <summary>
    /// Where the pattern starts; -1 when the anchor is a part of a longer word: links and base64 are full of "sk-".
    /// </summary>
    private int Begin(string text, int at)
    {
        var begin = at;
        while (begin > 0 && at - begin < LeadIn && char.IsAsciiLetterOrDigit(text[begin - 1]))
        {
            begin--;
        }

        return begin > 0 && char.IsAsciiLetterOrDigit(text[begin]) && IsJoined(text, begin) ? -1 : begin;
    }

    /// <summary>
    /// True when the character before a place belongs to the same word, and is not the letter of an escape such as \n.
    /// </summary>
    private static bool IsJoined(string text, int at)
    {
        var before = text[at - 1];
        if (!char.IsAsciiLetterOrDigit(before))
        {
            return false;
        }

        return !(before is 'n' or 'r' or 't' or 'b' or 'f' && at >= 2 && text[at - 2] == '\\');
    }

    private bool HasContext(string text, int start, int length)
    {
        const int near = 160;
        if (Context.Count == 0)
        {
            return true;
        }

        var from = Math.Max(0, start - near);
        var around = text.AsSpan(from, Math.Min(text.Length, start + length + near) - from);
        foreach (var word in Context)
        {
            if (around.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
