using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

/// <summary>The engine's source files and the types that they declare.</summary>
internal static partial class SourceFiles
{
    /// <summary>
    /// Every source file with its folder below the engine's, with forward slashes, and the names of the types it
    /// declares.
    /// </summary>
    public static IReadOnlyList<(string Path, string Folder, IReadOnlyList<string> Types)> All { get; } = [.. Read()];

    /// <summary>
    /// The folder of the source file that a top-level type is declared in; null for a type that no file declares.
    /// </summary>
    public static string? FolderOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        return All.Where(file => file.Types.Contains(name)).Select(file => file.Folder).SingleOrDefault();
    }

    private static IEnumerable<(string, string, IReadOnlyList<string>)> Read()
    {
        foreach (
            var path in Directory
                .EnumerateFiles(Repository.CoreSource, "*.cs", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        )
        {
            var relative = Path.GetRelativePath(Repository.CoreSource, path).Replace('\\', '/');
            if (
                !relative.StartsWith("obj/", StringComparison.Ordinal)
                && !relative.StartsWith("bin/", StringComparison.Ordinal)
            )
            {
                var folder = relative.Contains('/') ? relative[..relative.LastIndexOf('/')] : string.Empty;
                yield return (
                    path,
                    folder,
                    [.. TopLevelType().Matches(File.ReadAllText(path)).Select(match => match.Groups["name"].Value)]
                );
            }
        }
    }

    /// <summary>
    /// A declaration in the first column, which file-scoped namespaces leave to top-level types alone.
    /// </summary>
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe)\s+)+(?:(?:record\s+(?:struct|class)|record|class|struct|interface|enum)\s+|delegate\s+\S+\s+)(?<name>\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex TopLevelType();
}
