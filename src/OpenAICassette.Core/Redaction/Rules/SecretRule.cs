using System.Text.RegularExpressions;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Represents a kind of secret: how it is found in a text, and examples that prove it.</summary>
/// <param name="Id">The stable id, for example openai-api-key, which is also the name of its placeholders.</param>
/// <param name="Description">What is found, for people.</param>
internal sealed record SecretRule(string Id, string Description)
{
    private readonly Lazy<Regex>? _pattern;

    /// <summary>Gets the severity of a finding.</summary>
    public SecretSeverity Severity { get; init; } = SecretSeverity.Error;

    /// <summary>Gets the highest confidence of a finding.</summary>
    public SecretConfidence Confidence { get; init; } = SecretConfidence.High;

    /// <summary>
    /// Gets the proof that a value is of this kind, such as its checksum or the first bytes that it encodes. Without
    /// proof, the confidence is lower.
    /// </summary>
    public Func<string, bool>? Proof { get; init; }

    /// <summary>
    /// Gets the texts at which the pattern is tried. A rule with a pattern and no anchors is tried everywhere, without
    /// backtracking; one without a pattern is served by a parser.
    /// </summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>
    /// Gets the pattern at an anchor. Its group "secret" is replaced, or the whole match. Repetitions are bounded, so
    /// that the cost does not depend on the length of the text.
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

    /// <summary>Gets the time limit of a pattern for one text; the standard rules need a fraction of it.</summary>
    public static TimeSpan LongestSearch { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the time limit of the pattern for one text.</summary>
    public TimeSpan Patience { get; init; } = LongestSearch;

    /// <summary>Gets the time limit of the pattern for all texts of one document.</summary>
    public TimeSpan PatienceOfDocument { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the rule file that the rule comes from; null for a standard rule.</summary>
    public string? File { get; init; }

    /// <summary>Gets whether the rule stands for a value that the user gave to be removed.</summary>
    public bool IsGiven { get; init; }

    /// <summary>Gets how many characters before the anchor can belong to the match.</summary>
    public int LeadIn { get; init; }

    /// <summary>Gets how many characters before the anchor always belong to the match.</summary>
    public int LeastLeadIn { get; init; }

    /// <summary>Gets the characters that can come before the anchor; empty for letters and digits.</summary>
    public string LeadAlphabet { get; init; } = string.Empty;

    /// <summary>
    /// Gets how many characters of a match can be shown, because every key of this kind begins with them.
    /// </summary>
    public int Shown { get; init; }

    /// <summary>Gets the test that confirms a match by its checksum, structure or randomness.</summary>
    public Func<string, bool> IsSecret { get; init; } = SecretValue.IsKey;

    /// <summary>Gets words of which one must be near, in any case; empty if the form is sufficient.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>
    /// Gets the text that takes the place of every match; null for placeholders that tell values apart.
    /// </summary>
    public string? Replacement { get; init; }

    /// <summary>Gets texts in which the rule finds a secret; marks in braces stand for random characters.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Gets similar texts in which the rule finds nothing.</summary>
    public IReadOnlyList<string> CounterExamples { get; init; } = [];

    /// <summary>Gets the names of members whose whole value must match; empty for any text.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Gets the id with the rule file, for errors.</summary>
    public string Name => File is null ? Id : $"{Id} of {File}";

    private RegexOptions Options =>
        RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture
        | (Anchors.Count > 0 ? RegexOptions.None : RegexOptions.NonBacktracking);

    /// <summary>Returns the confidence that a value is of this kind.</summary>
    public SecretConfidence ConfidenceIn(string value) =>
        Proof is not null && Confidence == SecretConfidence.High && !Proof(value)
            ? SecretConfidence.Medium
            : Confidence;

    /// <summary>Finds all secrets in a text, for a rule without anchors.</summary>
    /// <param name="text">The text.</param>
    /// <param name="matches">Receives the secrets.</param>
    /// <exception cref="ScanLimitException">The pattern exceeded its time limit.</exception>
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
                $"the rule {Name} searched a text of {text.Length} characters for more than {Patience.TotalSeconds} seconds. Simplify its pattern.",
                e
            );
        }
    }

    /// <summary>Returns the secret at an anchor in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The position of the anchor.</param>
    /// <param name="match">The secret, or a text that only has its form.</param>
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
            && (Anchors.Count == 0 || !Base64Run.Contains(text, start, length))
            && IsSecret(text.Substring(start, length))
            && HasContext(text, start, length);
    }

    /// <summary>
    /// Returns the start of the match; -1 if the anchor is a part of a longer word: links and base64 often contain
    /// "sk-".
    /// </summary>
    private int Begin(string text, int at)
    {
        var begin = at;
        while (begin > 0 && at - begin < LeadIn && IsLead(text[begin - 1]))
        {
            begin--;
        }

        if (at - begin < LeastLeadIn)
        {
            return -1;
        }

        return begin > 0 && char.IsAsciiLetterOrDigit(text[begin]) && IsJoined(text, begin) ? -1 : begin;
    }

    private bool IsLead(char unit) =>
        LeadAlphabet.Length == 0 ? char.IsAsciiLetterOrDigit(unit) : LeadAlphabet.Contains(unit);

    /// <summary>
    /// Returns whether the previous character belongs to the same word and is not the letter of an escape such as \n.
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
