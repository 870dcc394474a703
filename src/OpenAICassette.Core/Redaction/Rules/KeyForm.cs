using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Creates rules from the forms of keys, which are literals and marks: in "aio_{a:28}", twenty-eight letters and digits
/// follow a prefix. The form is also the example of the rule, so its examples have the whole alphabet of the key.
/// </summary>
internal static partial class KeyForm
{
    /// <summary>Separates the text that identifies a secret, which stays, from the secret after it.</summary>
    private const char Kept = '|';

    private static readonly Dictionary<string, string> s_alphabets = new(StringComparer.Ordinal)
    {
        ["a"] = "A-Za-z0-9",
        ["b"] = "A-Za-z0-9+/",
        ["c"] = "a-z0-9",
        ["d"] = "0-9",
        ["e"] = "A-Za-z0-9=_-",
        ["h"] = "0-9a-f",
        ["i"] = "0-9A-Fa-f",
        ["l"] = "A-Za-z",
        ["m"] = "A-Za-z0-9+/=_.%,-",
        ["o"] = "A-Za-z0-9._-",
        ["u"] = "A-Za-z0-9_-",
        ["w"] = "A-Za-z0-9_",
        ["n"] = "A-Z0-9",
    };

    /// <summary>Creates a rule.</summary>
    /// <param name="id">The id of the rule.</param>
    /// <param name="description">What is found, for people.</param>
    /// <param name="forms">
    /// The forms. The first literal of two or more characters is the anchor. A vertical bar comes before the secret if
    /// only a part of the text is one.
    /// </param>
    public static SecretRule Rule(string id, string description, params string[] forms) =>
        new(id, description)
        {
            Anchors = [.. forms.Select(AnchorOf).Distinct()],
            Shown = forms.Min(form => form[0] == '{' || form.Contains(Kept) ? 0 : form.IndexOf('{')),
            LeadIn = forms.Max(form => LeadInOf(form, "most")),
            LeastLeadIn = forms.Min(form => LeadInOf(form, "least")),
            LeadAlphabet = string.Concat(forms.Where(form => form[0] == '{').Select(LeadAlphabetOf)),
            Pattern = string.Join('|', forms.Select(PatternOf)),
            IsSecret = SecretValue.IsGenerated,
            Examples = [.. forms.Select(form => form.Replace(Kept.ToString(), string.Empty, StringComparison.Ordinal))],
        };

    /// <summary>Returns the characters that a mark stands for.</summary>
    public static string Alphabet(string kind) => Expand(s_alphabets[kind]);

    private static string AnchorOf(string form) =>
        Mark().Replace(form, "{").Replace(Kept, '{').Split('{').First(part => part.Length >= 2);

    /// <summary>Returns the number of characters before the first literal; 0 for a form that begins with it.</summary>
    private static int LeadInOf(string form, string count) =>
        Mark().Match(form) is { Index: 0, Success: true } mark
            ? form[mark.Length..].IndexOf(AnchorOf(form), StringComparison.Ordinal) + Count(mark, count)
            : 0;

    private static string LeadAlphabetOf(string form) => Alphabet(Mark().Match(form).Groups["kind"].Value);

    private static string Expand(string alphabet)
    {
        var all = new StringBuilder();
        for (var i = 0; i < alphabet.Length; i++)
        {
            if (i + 2 < alphabet.Length && alphabet[i + 1] == '-')
            {
                for (var unit = alphabet[i]; unit <= alphabet[i + 2]; unit++)
                {
                    all.Append(unit);
                }

                i += 2;
            }
            else
            {
                all.Append(alphabet[i]);
            }
        }

        return all.ToString();
    }

    private static string PatternOf(string form)
    {
        var pattern = new StringBuilder();
        var at = 0;
        var last = string.Empty;
        foreach (Match mark in Mark().Matches(form))
        {
            Literal(form[at..mark.Index]);
            at = mark.Index + mark.Length;
            last = Alphabet(mark);
            pattern.Append(Repeated(mark));
        }

        Literal(form[at..]);
        if (form.Contains(Kept))
        {
            pattern.Append(')');
        }

        return at == form.Length ? pattern.Append("(?![").Append(last).Append("])").ToString() : pattern.ToString();

        void Literal(string text)
        {
            var parts = text.Split(Kept);
            pattern.Append(Regex.Escape(parts[0]));
            if (parts.Length == 2)
            {
                pattern.Append("(?<secret>").Append(Regex.Escape(parts[1]));
            }
        }
    }

    private static string Repeated(Match mark)
    {
        if (mark.Groups["kind"].Value == "g")
        {
            return "[A-Za-z0-9]{8}(?:-[A-Za-z0-9]{4}){3}-[A-Za-z0-9]{12}";
        }

        var least = mark.Groups["least"].Value;
        var most = mark.Groups["most"].Success ? "," + mark.Groups["most"].Value : string.Empty;
        return $"[{Alphabet(mark)}]{{{least}{most}}}";
    }

    private static string Alphabet(Match mark) =>
        mark.Groups["kind"].Value == "g" ? "A-Za-z0-9" : s_alphabets[mark.Groups["kind"].Value];

    private static int Count(Match mark, string count) =>
        int.Parse(
            (mark.Groups[count].Success ? mark.Groups[count] : mark.Groups["least"]).Value,
            CultureInfo.InvariantCulture
        );

    [GeneratedRegex(@"\{(?<kind>[a-z])(?::(?<least>[0-9]+)(?:-(?<most>[0-9]+))?)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Mark();
}
