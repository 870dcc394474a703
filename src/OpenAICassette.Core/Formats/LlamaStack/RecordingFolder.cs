using OpenAICassette.Text;

namespace OpenAICassette.Formats.LlamaStack;

/// <summary>
/// Represents the folder that a test's recordings are in, below the root of all tests: the recorder puts them beside
/// the test's file.
/// </summary>
internal static class RecordingFolder
{
    private static readonly string[] s_roots = ["tests/integration/", "tests/"];

    /// <summary>Returns the folder, with forward slashes.</summary>
    /// <param name="testId">The test's id, as pytest writes it.</param>
    /// <returns>The folder; null when the id names none, or one that is not below the root.</returns>
    public static string? Of(string? testId)
    {
        var file = testId?.Split("::")[0].Replace('\\', '/');
        var end = file?.LastIndexOf('/') ?? -1;
        if (end < 0)
        {
            return null;
        }

        var folder = file![..end];
        foreach (var root in s_roots)
        {
            folder = folder.StartsWith(root, StringComparison.Ordinal) ? folder[root.Length..] : folder;
        }

        return Array.TrueForAll(folder.Split('/'), IsName) ? $"{folder}/recordings" : null;
    }

    private static bool IsName(string part) => SafeName.Of(part) == part;
}
