using System.Management.Automation;
using System.Text.RegularExpressions;
using OpenAICassette.Hosting;

namespace OpenAICassette.Completion;

/// <summary>
/// What a path stands for that was typed. It is known without a look at the disk, for which a prompt would have to
/// wait.
/// </summary>
/// <param name="root">The full path of the file or folder before the first wildcard.</param>
/// <param name="rest">What follows it, with wildcards.</param>
internal sealed partial class TypedPath(string root, string rest)
{
    private readonly WildcardPattern _files = Pattern(root, rest);
    private readonly WildcardPattern _below = Pattern(root, Path.Join(rest, "*"));

    /// <summary>The full path of a file or folder that holds all that the path stands for.</summary>
    public string Root => root;

    /// <summary>True when the path leads below the root's own files.</summary>
    public bool Recurse { get; } = rest.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path that was typed; null when it leads to no file.</summary>
    /// <param name="location">The location of the session.</param>
    /// <param name="path">The path as written.</param>
    /// <param name="isLiteral">True when wildcards are ordinary characters.</param>
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

    /// <summary>True for a file that is meant, or below a folder that is.</summary>
    public bool Holds(string file) => _files.IsMatch(file) || _below.IsMatch(file);

    private static WildcardPattern Pattern(string root, string rest) =>
        WildcardPattern.Get(
            Path.Join(WildcardPattern.Escape(root), rest),
            WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant
        );

    [GeneratedRegex(@"^(?:(?:`.|[^`*?\[])*[/\\])?")]
    private static partial Regex BeforeWildcards();
}
