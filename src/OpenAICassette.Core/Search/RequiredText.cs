using System.Buffers;
using System.Text;

namespace OpenAICassette.Search;

/// <summary>
/// Finds texts of which one stands in every match of a regular expression. It understands the simple parts of a pattern
/// and gives up on the others: no text is better than a wrong one.
/// </summary>
internal sealed class RequiredText
{
    /// <summary>
    /// Characters that a JSON string contains as they are, and that writing a value as compact JSON neither adds nor
    /// removes.
    /// </summary>
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-."
    );

    /// <summary>Letters that are also the other case of a letter outside ASCII, such as the sign for kelvin.</summary>
    private static readonly SearchValues<char> s_foreign = SearchValues.Create("kKiIsS");

    private readonly string _pattern;
    private readonly bool _ignoresCase;
    private readonly List<string> _found = [];
    private readonly StringBuilder _run = new();
    private string _best = string.Empty;
    private int _at;

    private RequiredText(string pattern, bool ignoresCase)
    {
        _pattern = pattern;
        _ignoresCase = ignoresCase;
    }

    /// <summary>
    /// Returns the longest text that each alternative has; none if there is an alternative without a text.
    /// </summary>
    /// <param name="pattern">The regular expression, which is valid.</param>
    /// <param name="ignoresCase">Whether it ignores case.</param>
    public static IReadOnlyList<string> Find(string pattern, bool ignoresCase)
    {
        var search = new RequiredText(pattern, ignoresCase);
        return search.Read() ? search._found : [];
    }

    /// <summary>Returns whether a character stands in a JSON string as it is.</summary>
    public static bool IsPlain(char c) => s_plain.Contains(c);

    private bool Read()
    {
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at++];
            var isRead = c switch
            {
                '|' => EndAlternative(),
                '\\' => ReadEscape(),
                '[' => SkipClass(),
                '(' => SkipGroup(),
                '*' or '?' => DropLast(),
                '{' => ReadBrace(),
                '+' or '^' or '$' or '.' => EndRun(),
                _ => Add(c),
            };
            if (!isRead)
            {
                return false;
            }
        }

        return EndAlternative();
    }

    private bool EndAlternative()
    {
        EndRun();
        _found.Add(_best);
        _best = string.Empty;
        return _found[^1].Length > 0;
    }

    private bool Add(char c)
    {
        if (!s_plain.Contains(c) || (_ignoresCase && s_foreign.Contains(c)))
        {
            return EndRun();
        }

        _run.Append(c);
        return true;
    }

    private bool EndRun()
    {
        if (_run.Length > _best.Length)
        {
            _best = _run.ToString();
        }

        _run.Clear();
        return true;
    }

    private bool DropLast()
    {
        _run.Length -= _run.Length > 0 ? 1 : 0;
        return EndRun();
    }

    /// <summary>A brace may begin a quantifier or be a character; both end what stands together.</summary>
    private bool ReadBrace()
    {
        var end = _pattern.IndexOf('}', _at);
        var isQuantifier = end > _at && _pattern[_at..end].All(c => char.IsAsciiDigit(c) || c == ',');
        _at = isQuantifier ? end + 1 : _at;
        return DropLast();
    }

    /// <summary>Reads an escaped punctuation mark; an escape with a letter or digit may mean anything.</summary>
    private bool ReadEscape()
    {
        var c = _pattern[_at++];
        if (!char.IsAsciiLetterOrDigit(c))
        {
            return Add(c);
        }

        // These have no arguments.
        return "bBdDsSwWAzZGnrtfvae".Contains(c, StringComparison.Ordinal) && EndRun();
    }

    private bool SkipClass()
    {
        _at += _at < _pattern.Length && _pattern[_at] == '^' ? 1 : 0;
        _at += _at < _pattern.Length && _pattern[_at] == ']' ? 1 : 0;
        for (; _at < _pattern.Length; _at++)
        {
            switch (_pattern[_at])
            {
                case '\\':
                    _at++;
                    break;
                case '[':
                    return false;
                case ']':
                    _at++;
                    return EndRun();
                default:
                    break;
            }
        }

        return false;
    }

    private bool SkipGroup()
    {
        EndRun();
        for (var depth = 1; _at < _pattern.Length; )
        {
            switch (_pattern[_at++])
            {
                case '\\':
                    _at++;
                    break;
                case '[' when !SkipClass():
                    return false;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return true;
                case '?'
                    when _pattern[_at - 2] == '('
                        && _at < _pattern.Length
                        && !":=!<".Contains(_pattern[_at], StringComparison.Ordinal):
                    return false;
                default:
                    break;
            }
        }

        return false;
    }
}
