using System.Text.RegularExpressions;

namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Makes the rule that replaces the name of a user, in the path of the home folder and wherever else it is a word. The
/// encoded names of project folders, file URLs and other forms of paths contain the same name, so they change with it.
/// </summary>
internal static class UserHome
{
    /// <summary>The name that takes the place of the user's.</summary>
    public const string Name = "user";

    private const int ShortestWord = 3;
    private const int ShortestName = 2;

    private static readonly string[] s_separators = ["/", "\\", "-"];

    /// <summary>
    /// Names that are words of other meaning too. They are replaced only in the path of the home folder.
    /// </summary>
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "admin",
        "administrator",
        "agent",
        "app",
        "build",
        "code",
        "default",
        "dev",
        "developer",
        "docker",
        "git",
        "guest",
        "home",
        "local",
        "main",
        "me",
        "node",
        "public",
        "python",
        "root",
        "runner",
        "service",
        "shared",
        "src",
        "system",
        "test",
        "ubuntu",
        "vscode",
        "work",
        "workspace",
    };

    /// <summary>Returns the rules for a home folder.</summary>
    /// <param name="home">The path of the folder, of this system or another.</param>
    /// <exception cref="ArgumentException">The path does not end in the name of a user.</exception>
    public static IReadOnlyList<SecretRule> Of(string home)
    {
        var parts = PartsOf(home);
        if (!IsValid(home))
        {
            throw new ArgumentException(
                $"'{home}' is not the path of a user's home folder, such as /home/alice",
                nameof(home)
            );
        }

        var name = parts[^1];
        if (name.Equals(Name, StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        // Agents name the folder of a project by its path, with hyphens for all else than letters and digits.
        var encoded = string.Concat(name.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit : '-'));
        var isWord = name.Length >= ShortestWord && !s_words.Contains(name);
        var rules = new List<SecretRule> { RuleOf(name, parts[^2], isWord) };
        if (encoded != name)
        {
            rules.Add(RuleOf(encoded, parts[^2], isWord: false));
        }

        return rules;
    }

    /// <summary>Returns whether a path ends in the name of a user.</summary>
    public static bool IsValid(string home) =>
        PartsOf(home) is [.., _, { Length: >= ShortestName } name]
        && name.All(IsOfName)
        && name.Any(char.IsAsciiLetter);

    /// <summary>Returns the parts of a path; a tilde is the home folder of this process's user.</summary>
    private static string[] PartsOf(string home)
    {
        var path = home == "~" ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) : home;
        return path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static SecretRule RuleOf(string name, string folder, bool isWord)
    {
        string[] forms =
        [
            .. new[] { name, name.ToLowerInvariant(), name.ToUpperInvariant(), Capital(name) }.Distinct(),
        ];
        var before = isWord
            ? string.Empty
            : $@"(?<=(?:^|[^A-Za-z0-9])(?:{Regex.Escape(folder)}|home|[Uu]sers)[/\\]{{0,3}})[/\\-]";
        return new SecretRule("user-home", "The name of the user, and the path of the home folder")
        {
            Severity = SecretSeverity.Warning,
            Anchors = isWord ? forms : [.. forms.SelectMany(form => s_separators.Select(unit => unit + form))],
            Pattern = $"{before}(?<secret>{string.Join('|', forms.Select(Regex.Escape))})(?![A-Za-z0-9])",
            IsSecret = _ => true,
            Replacement = Name,
        };
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static bool IsOfName(char unit) => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '-' or '_' or ' ';
}
