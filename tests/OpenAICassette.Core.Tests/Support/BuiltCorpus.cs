using System.Text;

namespace OpenAICassette.Tests;

/// <summary>
/// A small recording of every shape, era and variant, built anew for each run in a folder of its own. It stands in for
/// the public recordings where they are not beside the repository; what is about many files still needs those.
/// </summary>
internal static class BuiltCorpus
{
    private static readonly Lazy<string> s_folder = new(Build);

    /// <summary>The folder, laid out as that of the public recordings.</summary>
    public static string Folder => s_folder.Value;

    private static IReadOnlyList<BuiltFile> Files { get; } =
    [.. BuiltChatFiles.All, .. BuiltOtherFiles.All, .. BuiltNamedFiles.All, Seed()];

    /// <summary>The path of a recording, by the folder and the beginning of the name that the real one has.</summary>
    public static string Path(string place, string beginning)
    {
        var file = Assert.Single(Files, file => file.Place == place && IsOf(file.Alias, beginning));
        return System.IO.Path.Join(Folder, "eras", file.Place, file.Name);
    }

    /// <summary>True when one is the beginning of the other.</summary>
    private static bool IsOf(string alias, string beginning) =>
        alias.StartsWith(beginning, StringComparison.Ordinal) || beginning.StartsWith(alias, StringComparison.Ordinal);

    private static string Build()
    {
        var folder = Directory.CreateTempSubdirectory("built-corpus-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var table = new StringBuilder("path\twhy\tkey_algorithms\n");
        foreach (var file in Files)
        {
            var path = System.IO.Path.Join(folder, "eras", file.Place, file.Name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, PythonLayout.Of(file.Json));
            table.Append("eras/").AppendJoin('\t', $"{file.Place}/{file.Name}", file.Why, file.Algorithms).Append('\n');
        }

        File.WriteAllText(System.IO.Path.Join(folder, "INDEX.tsv"), table.ToString());
        return folder;
    }

    /// <summary>The example that ships with the product, as its recorder laid it out.</summary>
    private static BuiltFile Seed() =>
        new("seed", "60c9dd312fdc", "60c9dd312fdc.json", File.ReadAllText(Repository.Capitals), "h1", "the seed");
}
