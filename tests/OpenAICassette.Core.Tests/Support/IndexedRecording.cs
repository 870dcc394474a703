namespace OpenAICassette.Tests;

/// <summary>
/// One row of the table that stands beside the public recordings: what is known of a file from elsewhere.
/// </summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Relative">The path as the table has it.</param>
/// <param name="Why">Why the file is there.</param>
/// <param name="Algorithms">
/// The algorithms that reproduce its name, in lower case and oldest first; none where nothing does.
/// </param>
internal sealed record IndexedRecording(string Path, string Relative, string Why, IReadOnlyList<string> Algorithms)
{
    private static readonly string[] s_current = ["h7", "http6", "tool"];
    private static readonly string[] s_newest = ["h6b", "h6c", "h7"];

    private static readonly Lazy<IReadOnlyList<IndexedRecording>> s_all = new(() =>
        [.. File.ReadLines(System.IO.Path.Join(SharedData.Recordings, "INDEX.tsv")).Skip(1).Select(Read)]
    );

    /// <summary>True when today's recorder still finds the file.</summary>
    public bool IsCurrent => Algorithms.Intersect(s_current).Any();

    /// <summary>Every row.</summary>
    public static IReadOnlyList<IndexedRecording> All => s_all.Value;

    public override string ToString() => Relative;

    private static IndexedRecording Read(string row)
    {
        var cells = row.Split('\t');
        var path = System.IO.Path.GetFullPath(System.IO.Path.Join(SharedData.Recordings, cells[0]));
        string[] algorithms = cells[2] is "none" or "-" ? [] : cells[2].Split(',');
        return new(path, cells[0], cells[1], [.. algorithms, .. Newest(path, algorithms)]);
    }

    /// <summary>The table ends with H6. What came after it changed nothing but lists of models.</summary>
    private static IEnumerable<string> Newest(string path, string[] algorithms) =>
        ListedModels.Algorithms(path) ?? (algorithms.Contains("h6") ? s_newest : []);
}
