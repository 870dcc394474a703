using System.Management.Automation;
using System.Text.RegularExpressions;
using OpenAICassette.Hosting;

namespace OpenAICassette.Completion;

/// <summary>
/// Represents a typed path, analyzed without access to the disk, for which a prompt would have to wait.
/// </summary>
/// <param name="root">The full path of the file or folder before the first wildcard.</param>
/// <param name="rest">The rest, with wildcards.</param>
internal sealed partial class TypedPath(string root, string rest)
{
    private readonly WildcardPattern _files = Pattern(root, rest);
    private readonly WildcardPattern _below = Pattern(root, Path.Join(rest, "*"));

    /// <summary>Gets the full path of the file or folder that contains all matches.</summary>
    public string Root => root;

    /// <summary>Gets whether the path leads below the files of the root.</summary>
    public bool Recurse { get; } = rest.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Returns the typed path; null if it is not a path of files.</summary>
    /// <param name="location">The location of the session.</param>
    /// <param name="path">The path as typed.</param>
    /// <param name="isLiteral">True if wildcards are ordinary characters.</param>
    public static TypedPath? Of(PathIntrinsics location, string path, bool isLiteral)
    {
        var before =
            isLiteral || !WildcardPattern.ContainsWildcardCharacters(path) ? path : BeforeWildcards().Match(path).Value;
        var root =
            before.Length == 0 ? "."
            : isLiteral ? before
            : WildcardPattern.Unescape(before);
        return PathResolver.Resolve(location, [root], isLiteral: true).First().Path is { } full
            ? new TypedPath(
                Path.TrimEndingDirectorySeparator(Path.GetFullPath(full)),
                path[before.Length..].Replace('\\', '/').Replace('/', Path.DirectorySeparatorChar)
            )
            : null;
    }

    /// <summary>Returns whether a file matches or is in a folder that matches.</summary>
    public bool Holds(string file) => _files.IsMatch(file) || _below.IsMatch(file);

    private static WildcardPattern Pattern(string root, string rest) =>
        WildcardPattern.Get(
            Path.Join(WildcardPattern.Escape(root), rest),
            WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant
        );

    [GeneratedRegex(@"^(?:(?:`.|[^`*?\[])*[/\\])?")]
    private static partial Regex BeforeWildcards();
}
