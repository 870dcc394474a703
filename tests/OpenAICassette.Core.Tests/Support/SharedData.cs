namespace OpenAICassette.Tests;

/// <summary>The public recordings that stand beside the repository on some machines.</summary>
internal static class SharedData
{
    /// <summary>Why tests that need the recordings do not run; null where the recordings are there.</summary>
    public static string? Missing => Directory.Exists(Recordings) ? null : "needs the public recordings in ../shared/data, which are not here";

    /// <summary>The folder of all recordings.</summary>
    public static string Recordings => Path.GetFullPath(Path.Join(Repository.Root, "..", "shared", "data", "recordings"));

    /// <summary>The folder of files that other recorders wrote.</summary>
    public static string Foreign => Path.GetFullPath(Path.Join(Recordings, "..", "foreign"));

    /// <summary>Every recording, in path order.</summary>
    public static IReadOnlyList<string> Files
        => [.. Directory.EnumerateFiles(Recordings, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>One recording, named by its folder below eras and the beginning of its name, which only it has there.</summary>
    public static string Era(string folder, string beginning)
        => Assert.Single(Directory.GetFiles(Path.Join(Recordings, "eras", folder), beginning + "*.json"));
}
