using OpenAICassette.Text;

namespace OpenAICassette.Recording;

/// <summary>Represents the place of new recordings.</summary>
/// <param name="path">
/// A folder; or a file, if there is one or the path has an extension of the format.
/// </param>
/// <param name="format">The format of files that hold many exchanges; null for a file for each exchange.</param>
/// <param name="isReplaced">Whether recordings that exist now are replaced.</param>
/// <param name="hasKeyNames">Whether a file for each exchange is named by the key of its recorder.</param>
internal sealed class RecordingPlace(string path, ICassetteFormat? format, bool isReplaced, bool hasKeyNames = false)
{
    /// <summary>The name of the file with what no test sent.</summary>
    private const string DefaultName = "cassette";

    private const int LongestName = 100;

    /// <summary>Gets the full path of the folder or file.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Gets the format of files that hold many exchanges; null for a file for each exchange.</summary>
    public ICassetteFormat? Format => format;

    /// <summary>Gets whether recordings that exist now are replaced.</summary>
    public bool IsReplaced => isReplaced;

    /// <summary>Gets whether a file for each exchange is named by the key of its recorder.</summary>
    public bool HasKeyNames => hasKeyNames;

    /// <summary>Gets the time before which files were written that are replaced; null if none are.</summary>
    public DateTime? ReplacedBefore { get; } = isReplaced ? DateTime.UtcNow : null;

    /// <summary>Returns whether a path names a file of a format, and not a folder.</summary>
    public static bool IsFile(string path, ICassetteFormat format) =>
        File.Exists(path) || (format.Info.HasExtension(path) && !Directory.Exists(path));

    /// <summary>Returns the folder that a file must not leave through links; null for a file that was specified.</summary>
    public string? Below(string file) => file == Path ? null : System.IO.Path.TrimEndingDirectorySeparator(Path);

    /// <summary>Returns the file for the exchanges of a test: each test has its own in a folder.</summary>
    /// <param name="testId">The id of the test; null outside any test.</param>
    public string FileOf(string? testId)
    {
        if (IsFile(Path, format!))
        {
            return Path;
        }

        var name = testId is null ? DefaultName : NameOf(testId);
        return System.IO.Path.Join(Path, SafeName.In(Path, name, format!.Info.Extensions[0]));
    }

    /// <summary>Returns the id of a test as a file name. Ids that differ only in what names cannot hold differ still.</summary>
    private static string NameOf(string testId)
    {
        var plain = string.Concat(
            testId.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_')
        );
        plain = plain.Length > LongestName ? plain[..LongestName] : plain;
        var isSame = plain == testId && SafeName.IsSafe(plain) && plain[0] != '.';
        return isSame
            ? plain
            : $"{plain.TrimStart('.')}-{Cassettes.ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(testId)) % 0xFFFFFF:x6}";
    }
}
