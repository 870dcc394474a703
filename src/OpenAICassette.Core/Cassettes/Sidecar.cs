using System.Buffers;
using System.Security.Cryptography;

namespace OpenAICassette.Cassettes;

/// <summary>
/// Represents a file beside a recording that holds a large body. Its name is its hash, so that equal bodies share a file
/// and a changed one is detected.
/// </summary>
/// <param name="Name">The file's name: the SHA-256 of its content and <c>.body</c>.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record Sidecar(string Name, long Length)
{
    /// <summary>Bodies that are not JSON and longer than this are files of their own.</summary>
    public const int Shortest = 1 << 20;

    private const string Extension = ".body";
    private const int HashLength = 64;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Gets the SHA-256 of the content, in lower-case hexadecimal digits.</summary>
    public string Sha256 => Name[..HashLength];

    /// <summary>Returns the sidecar of some content.</summary>
    public static Sidecar Of(ReadOnlySpan<byte> content) => new(NameOf(SHA256.HashData(content)), content.Length);

    /// <summary>Returns the name of a sidecar.</summary>
    public static string NameOf(ReadOnlySpan<byte> sha256) => Convert.ToHexStringLower(sha256) + Extension;

    /// <summary>Returns whether a file's name is that of a sidecar.</summary>
    public static bool IsName(string name) =>
        name.Length == HashLength + Extension.Length
        && name.EndsWith(Extension, StringComparison.Ordinal)
        && name.AsSpan(0, HashLength).IndexOfAnyExcept(s_digits) < 0;

    /// <summary>Opens the file beside a recording.</summary>
    /// <param name="recording">The recording's path; null for a recording in memory.</param>
    /// <exception cref="CassetteException">There is no such file, or it is not the one that was recorded.</exception>
    public FileStream Open(string? recording)
    {
        var path = PathBeside(recording);
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (file.Length != Length || Convert.ToHexStringLower(SHA256.HashData(file)) != Sha256)
            {
                throw new CassetteException(
                    CassetteError.CassetteChanged,
                    path,
                    $"this file holds a body of {Path.GetFileName(recording)} and is not what was recorded"
                );
            }

            file.Position = 0;
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CassetteException(
                CassetteError.CassetteUnreadable,
                path,
                $"this file holds a body of {Path.GetFileName(recording)} and cannot be read: {e.Message}",
                inner: e
            );
        }
        catch (CassetteException)
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Returns the content of the file beside a recording.</summary>
    /// <param name="recording">The recording's path; null for a recording in memory.</param>
    /// <exception cref="CassetteException">There is no such file, or it is not the one that was recorded.</exception>
    public byte[] Read(string? recording)
    {
        using var file = Open(recording);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    private string PathBeside(string? recording)
    {
        if (!IsName(Name))
        {
            throw new CassetteException(
                CassetteError.CassetteDamaged,
                recording ?? Name,
                "a body is said to be in a file whose name is not a hash"
            );
        }

        return recording is null
            ? throw new CassetteException(
                CassetteError.CassetteUnreadable,
                Name,
                "a body is in this file, which is looked for beside the recording; the recording is not a file"
            )
            : Path.Join(Path.GetDirectoryName(recording), Name);
    }
}
