using System.Buffers;
using System.Diagnostics;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Represents a set of rules. A text without any of their anchors costs one pass.</summary>
internal sealed class SecretRules
{
    /// <summary>The minimum length of a value; shorter ones may occur by chance.</summary>
    public const int ShortestValue = 4;

    private readonly LiteralSearch _anchors;
    private readonly LiteralSearch _words;
    private readonly Dictionary<int, List<(string Anchor, SecretRule Rule)>> _byBegin = [];
    private readonly HashSet<SecretRule> _named;
    private SearchValues<string>? _values;
    private ILookup<string, string>? _byBeginning;
    private readonly SecretRule[] _everywhere;
    private readonly SecretRule[] _byName;
    private readonly Func<string, bool> _isAllowed;
    private readonly IReadOnlyList<AllowedFinding> _allowed;

    /// <summary>Creates a set of rules.</summary>
    /// <param name="rules">Gets the rules.</param>
    /// <param name="values">Values that are secrets wherever they occur.</param>
    /// <param name="isAllowed">Returns whether a value is allowed, whatever a rule finds.</param>
    /// <param name="allowed">The findings to allow.</param>
    public SecretRules(
        IReadOnlyList<SecretRule> rules,
        IReadOnlyDictionary<string, SecretRule>? values = null,
        Func<string, bool>? isAllowed = null,
        IReadOnlyList<AllowedFinding>? allowed = null
    )
    {
        const int shortestKey = 6;
        All = rules;
        ShortestText = shortestKey;
        _isAllowed = isAllowed ?? (_ => false);
        _allowed = allowed ?? [];
        _everywhere =
        [
            .. rules.Where(rule => rule.Pattern is not null && rule.Anchors.Count == 0 && rule.Names.Count == 0),
        ];
        _byName = [.. rules.Where(rule => rule.Names.Count > 0)];
        _named = [.. rules.Where(rule => rule.Pattern is null)];
        foreach (var rule in rules)
        {
            foreach (var anchor in rule.Anchors)
            {
                if (rule.Replacement is not null)
                {
                    ShortestText = Math.Min(ShortestText, anchor.Length);
                }

                var begin = BeginOf(anchor, 0);
                if (!_byBegin.TryGetValue(begin, out var entries))
                {
                    _byBegin[begin] = entries = [];
                }

                entries.Add((anchor, rule));
            }
        }

        _anchors = new LiteralSearch(
            rules.SelectMany(rule => rule.Anchors).Concat(["://", "-----BEGIN "]),
            StringComparison.Ordinal
        );
        _words = new LiteralSearch(Assignments.Words.Concat([" -u ", "--user "]), StringComparison.OrdinalIgnoreCase);
        Values = new Dictionary<string, SecretRule>();
        if (values is not null)
        {
            Take(values);
        }
    }

    /// <summary>
    /// Gets the minimum length of a text that can contain a secret; a user's name can be shorter than a key.
    /// </summary>
    public int ShortestText { get; }

    /// <summary>Gets the rules that are always used.</summary>
    public static SecretRules Standard { get; } =
        new([
            .. ModelProviderRules.All,
            .. ServiceRules.All,
            .. CloudKeys.All,
            .. DeveloperKeys.All,
            .. BusinessKeys.All,
            .. Webhooks.All,
            .. NamedRules.All,
        ]);

    /// <summary>Gets the rules.</summary>
    public IReadOnlyList<SecretRule> All { get; }

    /// <summary>Values that are secrets wherever they occur.</summary>
    public IReadOnlyDictionary<string, SecretRule> Values { get; private set; }

    /// <summary>Gets the long texts in which these rules found nothing; null if they are not remembered.</summary>
    public CleanTexts? Clean { get; private set; }

    /// <summary>Returns the same rules with more values that are secrets wherever they occur.</summary>
    /// <param name="values">All values.</param>
    /// <param name="clean">Remembers long texts in which the rules find nothing; null to remember none.</param>
    public SecretRules With(IReadOnlyDictionary<string, SecretRule> values, CleanTexts? clean = null)
    {
        var rules = (SecretRules)MemberwiseClone();
        rules.Take(values);
        rules.Clean = clean;
        return rules;
    }

    /// <summary>Returns whether a rule file allows a finding.</summary>
    public bool Allows(string rule, string value, string path) =>
        _allowed.Any(entry => entry.Matches(rule, value, path));

    /// <summary>Returns whether a value may be a secret because of its name.</summary>
    public bool HasName(string name)
    {
        foreach (var rule in _byName)
        {
            if (rule.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns quickly whether a text may contain a secret; most do not.</summary>
    public bool MayMatch(ReadOnlySpan<char> text) =>
        text.Length >= ShortestText
        && (
            _anchors.IndexIn(text) >= 0
            || _words.IndexIn(text) >= 0
            || (_values is not null && text.IndexOfAny(_values) >= 0)
            || _everywhere.Length > 0
        );

    /// <summary>
    /// Returns the secrets in a text, in order. Of overlapping ones the longest is kept, and of equal ones the one with
    /// a known form.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="budget">
    /// Limits the time of rules that are tried everywhere; null for no limit but that of a text.
    /// </param>
    public List<SecretMatch> Find(string text, ScanBudget? budget = null)
    {
        var matches = new List<SecretMatch>();
        if (_values is not null)
        {
            FindValues(text, matches);
        }

        FindKeys(text, matches);
        FindAssigned(text, matches);
        foreach (var rule in _everywhere)
        {
            var began = Stopwatch.GetTimestamp();
            rule.FindAll(text, matches);
            budget?.Spend(rule, Stopwatch.GetElapsedTime(began));
        }

        matches.RemoveAll(match =>
        {
            var value = text.Substring(match.Start, match.Length);
            return (match.Rule.Pattern is null && !_named.Contains(match.Rule) && !Values.ContainsKey(value))
                || IsAllowed(value);
        });
        return Resolve(matches);
    }

    /// <summary>Returns the secrets in a value because of its name.</summary>
    /// <param name="kind">What the name says.</param>
    /// <param name="name">The name.</param>
    /// <param name="text">The value.</param>
    public List<SecretMatch> FindNamed(NameKind kind, string name, string text)
    {
        var matches = new List<SecretMatch>();
        if (kind == NameKind.Plain && !HasName(name))
        {
            return matches;
        }

        var start = text.Length - text.TrimStart().Length;
        var value = text.Trim();
        switch (kind)
        {
            case NameKind.Authorization:
                // Credentials follow a scheme, whatever they look like; without a scheme, the value may be a setting.
                var space = value.IndexOf(' ', StringComparison.Ordinal);
                var from = space > 0 && value.AsSpan(0, space).IndexOfAnyExcept(s_letters) < 0 ? space + 1 : 0;
                var isSecret =
                    from > 0 ? from < value.Length : SecretValue.IsRandom(value, 12) || SecretValue.IsPassword(value);
                Add(
                    NamedRules.Authorization,
                    isSecret && !SecretValue.HasFiller(value) && !PlaceholderWords.Are(value.AsSpan(from)),
                    start + from,
                    value.Length - from
                );
                break;
            case NameKind.Cookie or NameKind.SetCookie:
                var cookies = new List<SecretMatch>();
                Cookies.Find(text, start, start + value.Length, kind == NameKind.SetCookie, cookies);
                cookies.ForEach(cookie => Add(cookie.Rule, true, cookie.Start, cookie.Length));
                break;
            case not NameKind.Plain when AssignedValue.IsKeyHeader(name):
                Add(
                    NamedRules.KeyHeader,
                    value.Length >= 8 && !SecretValue.HasFiller(value) && !PlaceholderWords.Are(value),
                    start,
                    value.Length
                );
                break;
            case not NameKind.Plain
                when !AssignedValue.IsSessionOfBody(name, value) && AssignedValue.RuleOf(kind, value) is { } rule:
                Add(rule, true, start, value.Length);
                break;
        }

        foreach (var rule in _byName.Where(rule => rule.Names.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            rule.FindAll(text, matches);
        }

        return matches;

        void Add(SecretRule rule, bool isSecret, int at, int length)
        {
            if (isSecret && _named.Contains(rule) && !IsAllowed(text.Substring(at, length)))
            {
                matches.Add(new SecretMatch(rule, at, length));
            }
        }
    }

    /// <summary>
    /// Returns whether a value is no secret, whatever a rule finds: a user allows it, or everybody has it and it is no
    /// value that was given to be removed.
    /// </summary>
    private bool IsAllowed(string value) =>
        _isAllowed(value) || (PublicExamples.Has(value) && !Values.ContainsKey(value));

    /// <summary>Returns which of the overlapping matches to keep.</summary>
    public static List<SecretMatch> Resolve(List<SecretMatch> matches)
    {
        if (matches.Count < 2)
        {
            return matches;
        }

        // Credentials come before personal data, then the longest, then those with a known form. Ends are kept in
        // order, so that many matches stay cheap.
        var order = matches
            .Select((match, index) => (match, index))
            .OrderByDescending(each => each.match.Rule.Severity)
            .ThenByDescending(each => each.match.Length)
            .ThenBy(each => each.match.Rule.Pattern is null)
            .ThenBy(each => each.index)
            .Select(each => each.match);
        var kept = new SortedSet<SecretMatch>(
            Comparer<SecretMatch>.Create(
                (a, b) =>
                    a.End <= b.Start ? -1
                    : b.End <= a.Start ? 1
                    : 0
            )
        );
        foreach (var match in order)
        {
            kept.Add(match);
        }

        return [.. kept];
    }

    private static readonly SearchValues<char> s_letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
    );

    private void Take(IReadOnlyDictionary<string, SecretRule> values)
    {
        Values = values;
        _values = values.Count == 0 ? null : SearchValues.Create([.. values.Keys], StringComparison.Ordinal);
        _byBeginning = values.Keys.ToLookup(value => Beginning(value), StringComparer.Ordinal);
    }

    /// <summary>
    /// Returns the length of the prefix by which values are found; only values of a user can be shorter.
    /// </summary>
    private static string Beginning(ReadOnlySpan<char> value) =>
        value[..Math.Min(value.Length, ShortestValue)].ToString();

    private void FindKeys(string text, List<SecretMatch> matches)
    {
        // A long run may have the form of a key at every third character. After several failures, the rest of the run
        // is skipped.
        const int mostTries = 4;
        var (triedUntil, tries) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var next = _anchors.IndexIn(text.AsSpan(at));
            if (next < 0)
            {
                return;
            }

            at += next;
            if (text[at] == ':' && text.AsSpan(at).StartsWith("://", StringComparison.Ordinal))
            {
                UrlPasswords.Find(text, at, matches);
            }
            else if (text[at] == '-' && text.AsSpan(at).StartsWith("-----BEGIN ", StringComparison.Ordinal))
            {
                PrivateKeys.Find(text, at, matches);
            }

            if (_byBegin.TryGetValue(BeginOf(text, at), out var entries))
            {
                foreach (var (anchor, rule) in entries)
                {
                    if (
                        !text.AsSpan(at).StartsWith(anchor, StringComparison.Ordinal)
                        || (at < triedUntil && tries >= mostTries)
                    )
                    {
                        continue;
                    }

                    if (rule.TryMatch(text, at, out var match))
                    {
                        matches.Add(match);
                        at = Math.Max(at, match.End - 1);
                        break;
                    }

                    tries = at < triedUntil ? tries + 1 : 1;
                    triedUntil = Math.Max(triedUntil, match.End);
                }
            }
        }
    }

    /// <summary>Returns the two characters at a position, by which rules are looked up.</summary>
    private static int BeginOf(string text, int at) => (text[at] << 16) | text[at + 1];

    private void FindAssigned(string text, List<SecretMatch> matches)
    {
        for (var at = 0; at < text.Length; )
        {
            var next = _words.IndexIn(text.AsSpan(at));
            if (next < 0)
            {
                return;
            }

            at += next;
            if (text[at] is ' ' or '-')
            {
                UrlPasswords.FindOption(text, at, matches);
                at++;
            }
            else
            {
                at = Assignments.Find(text, at, matches);
            }
        }
    }

    private void FindValues(string text, List<SecretMatch> matches)
    {
        for (var at = 0; text.AsSpan(at).IndexOfAny(_values!) is var next and >= 0; )
        {
            at += next;
            var length = 0;
            foreach (var value in _byBeginning![Beginning(text.AsSpan(at))])
            {
                length =
                    value.Length > length && text.AsSpan(at).StartsWith(value, StringComparison.Ordinal)
                        ? value.Length
                        : length;
            }

            matches.Add(new SecretMatch(Values[text.Substring(at, length)], at, length));
            at += length;
        }
    }
}
