using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Text;

/// <summary>
/// Makes names of files and folders from what was recorded or what others chose: the names of tests, their ids, and the
/// names of other files. This is the only place that does so.
/// </summary>
internal static class SafeName
{
    /// <summary>File systems take 255 bytes; a hash, an ordinal and extensions must find room after the name.</summary>
    private const int LongestBytes = 200;

    private static readonly SearchValues<char> s_forbidden = SearchValues.Create("<>:\"/\\|?*");

    /// <summary>The devices of Windows, whatever their extension.</summary>
    private static readonly HashSet<string> s_reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$", .. Ports("COM"), .. Ports("LPT")],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>
    /// Returns a name that is valid in every file system. A changed name gets a hash of the original, so that two names
    /// stay distinct.
    /// </summary>
    /// <param name="name">The name, for example of a test.</param>
    public static string Of(string name) =>
        IsSafe(name) && Encoding.UTF8.GetByteCount(name) <= LongestBytes ? name : Hashed(name);

    /// <summary>
    /// Returns a name in a folder. If the folder has an entry that differs only in case, which is the same file on some
    /// systems, the name gets a hash.
    /// </summary>
    /// <param name="folder">The folder, which need not exist.</param>
    /// <param name="name">The name.</param>
    /// <param name="extension">The extension, or nothing.</param>
    public static string In(string folder, string name, string extension = "")
    {
        var safe = Of(name) + extension;
        if (!Directory.Exists(folder))
        {
            return safe;
        }

        var similar = new DirectoryInfo(folder)
            .EnumerateFileSystemInfos(
                "*",
                new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true }
            )
            .Select(entry => entry.Name)
            .Where(entry => entry.Equals(safe, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return similar.Count == 0 || similar.Contains(safe) ? safe : Hashed(name) + extension;
    }

    /// <summary>Returns whether a name is valid in every file system, apart from its length.</summary>
    /// <param name="name">The name of a file or folder.</param>
    public static bool IsSafe(string name) =>
        name.Length > 0
        && name[0] != ' '
        && name[^1] is not (' ' or '.')
        && name is not ("." or "..")
        && !name.AsSpan().ContainsAny(s_forbidden)
        && !name.AsSpan().ContainsAnyInRange('\0', '\x1f')
        && !name.AsSpan().ContainsAnyInRange('\x7f', '\x9f')
        && !HasLoneSurrogate(name)
        && !IsReserved(name);

    private static string Hashed(string name)
    {
        var safe = new StringBuilder();
        var bytes = 0;
        var cut = name.Length > LongestBytes * 2 ? name[..(LongestBytes * 2)] : name;
        for (var elements = StringInfo.GetTextElementEnumerator(cut.Trim(' ', '.')); elements.MoveNext(); )
        {
            var text = elements.GetTextElement();
            var isBroken = HasLoneSurrogate(text);
            var element = string.Concat(text.Select(unit => isBroken && char.IsSurrogate(unit) ? '_' : Safe(unit)));
            bytes += Encoding.UTF8.GetByteCount(element);
            if (bytes > LongestBytes)
            {
                break;
            }

            safe.Append(element);
        }

        var head = safe.ToString().Trim(' ', '.');
        var hash = Convert.ToHexStringLower(SHA256.HashData(BytesOf(name)))[..8];
        return $"{(IsReserved(head) ? "_" : string.Empty)}{head} {hash}".TrimStart();
    }

    /// <summary>Returns the bytes to hash, which differ for different names.</summary>
    private static ReadOnlySpan<byte> BytesOf(string name) =>
        HasLoneSurrogate(name) ? MemoryMarshal.AsBytes(name.AsSpan()) : Encoding.UTF8.GetBytes(name);

    private static char Safe(char unit) => char.IsControl(unit) || s_forbidden.Contains(unit) ? '_' : unit;

    private static bool IsReserved(string name) => s_reserved.Contains(name.Split('.')[0].TrimEnd());

    private static bool HasLoneSurrogate(string name)
    {
        for (var at = 0; at < name.Length; at++)
        {
            if (char.IsHighSurrogate(name[at]) && at + 1 < name.Length && char.IsLowSurrogate(name[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(name[at]))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Ports(string device) => "0123456789¹²³".Select(digit => $"{device}{digit}");
}
