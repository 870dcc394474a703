using System.Collections.Frozen;

namespace OpenAICassette.Transcripts;

/// <summary>Represents what is known of a language to highlight it: words, comments, quotes.</summary>
/// <param name="Name">The name in the class of a code block.</param>
/// <param name="Words">The keywords.</param>
/// <param name="LineComment">What begins a comment up to the end of the line; empty for none.</param>
/// <param name="BlockComment">What begins and ends a comment of several lines; empty for none.</param>
/// <param name="Escape">What takes the meaning from the next character of a text; the null character for none.</param>
internal sealed record CodeLanguage(
    string Name,
    FrozenSet<string> Words,
    string LineComment = "",
    (string Begin, string End) BlockComment = default,
    char Escape = '\\'
)
{
    /// <summary>Gets JSON, whose names of members differ from other texts.</summary>
    public static CodeLanguage Json { get; } = new("json", Set("true false null", StringComparer.Ordinal));

    private static readonly CodeLanguage s_python = new(
        "python",
        Set(
            "and as assert async await break class continue def del elif else except False finally for from global if "
                + "import in is lambda None nonlocal not or pass raise return True try while with yield match case",
            StringComparer.Ordinal
        ),
        "#"
    );

    private static readonly CodeLanguage s_csharp = new(
        "csharp",
        Set(
            "abstract as async await base bool break byte case catch char class const continue decimal default "
                + "delegate do double else enum event false finally float for foreach get if in int interface internal is lock "
                + "long namespace new null object out override params private protected public readonly record ref "
                + "return sealed set static string struct switch this throw true try typeof using var virtual void "
                + "where while yield",
            StringComparer.Ordinal
        ),
        "//",
        ("/*", "*/")
    );

    private static readonly CodeLanguage s_javascript = new(
        "javascript",
        Set(
            "async await break case catch class const continue default delete do else export extends false finally for "
                + "from function if import in instanceof interface let new null of return static super switch this "
                + "throw true try type typeof undefined var void while yield",
            StringComparer.Ordinal
        ),
        "//",
        ("/*", "*/")
    );

    private static readonly CodeLanguage s_powershell = new(
        "powershell",
        Set(
            "begin break catch class continue do else elseif end enum exit filter finally for foreach function if in "
                + "param process return switch throw trap try until using while",
            StringComparer.OrdinalIgnoreCase
        ),
        "#",
        ("<#", "#>"),
        '`'
    );

    private static readonly CodeLanguage s_shell = new(
        "shell",
        Set(
            "case do done elif else esac export fi for function if in local return then until while",
            StringComparer.Ordinal
        ),
        "#"
    );

    private static readonly FrozenDictionary<string, CodeLanguage> s_names = new Dictionary<string, CodeLanguage>
    {
        ["json"] = Json,
        ["jsonc"] = Json,
        ["python"] = s_python,
        ["py"] = s_python,
        ["csharp"] = s_csharp,
        ["cs"] = s_csharp,
        ["c#"] = s_csharp,
        ["javascript"] = s_javascript,
        ["js"] = s_javascript,
        ["typescript"] = s_javascript,
        ["ts"] = s_javascript,
        ["powershell"] = s_powershell,
        ["pwsh"] = s_powershell,
        ["ps1"] = s_powershell,
        ["shell"] = s_shell,
        ["bash"] = s_shell,
        ["sh"] = s_shell,
        ["zsh"] = s_shell,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets whether a dollar sign begins a variable.</summary>
    public bool HasVariables => this == s_powershell || this == s_shell;

    /// <summary>Returns the language that the first word after a fence names; null if it is not known.</summary>
    public static CodeLanguage? Find(string? name) =>
        name?.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var word, ..]
            ? s_names.GetValueOrDefault(word)
            : null;

    private static FrozenSet<string> Set(string words, StringComparer comparer) =>
        words.Split(' ').ToFrozenSet(comparer);
}
