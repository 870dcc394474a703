namespace OpenAICassette.Tests;

/// <summary>
/// The public recordings that stand beside the repository on some machines; elsewhere a small corpus of the same
/// shapes, which the tests build themselves.
/// </summary>
internal static class SharedData
{
    private static readonly string s_whole = Path.GetFullPath(
        Path.Join(Repository.Root, "..", "shared", "data", "recordings")
    );

    /// <summary>True where the public recordings are there.</summary>
    public static bool IsWhole { get; } = Directory.Exists(s_whole);

    /// <summary>Why tests that need many recordings do not run; null where the public recordings are there.</summary>
    public static string? Missing =>
        IsWhole ? null : "is about the number of the public recordings in ../shared/data, which are not here";

    /// <summary>The folder of all recordings.</summary>
    public static string Recordings => IsWhole ? s_whole : BuiltCorpus.Folder;

    /// <summary>The folder of files that other recorders wrote.</summary>
    public static string Foreign => Path.GetFullPath(Path.Join(Recordings, "..", "foreign"));

    /// <summary>Every recording, in path order.</summary>
    public static IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Recordings, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>
    /// One recording, named by its folder below eras and the beginning of its name, which only it has there.
    /// </summary>
    public static string Era(string folder, string beginning) =>
        IsWhole
            ? Assert.Single(Directory.GetFiles(Path.Join(s_whole, "eras", folder), beginning + "*.json"))
            : BuiltCorpus.Path(folder, beginning);

    /// <summary>How many of a kind there are at least; one where the corpus is built.</summary>
    public static int Least(int whole) => IsWhole ? whole : Math.Min(whole, 1);

    /// <summary>
    /// Fails unless there are so many public recordings of a kind; where the corpus is built, unless there are any or
    /// none.
    /// </summary>
    public static void AssertCount(int whole, int actual) =>
        Assert.Equal(IsWhole ? whole : Math.Min(whole, 1), IsWhole ? actual : Math.Min(actual, 1));
}
