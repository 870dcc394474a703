using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Capture;

/// <summary>Makes names of files and folders from the names of tests.</summary>
internal static class SafeName
{
    private const int LongestBytes = 200;

    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "COM1",
        "COM2",
        "COM3",
        "COM4",
        "COM5",
        "COM6",
        "COM7",
        "COM8",
        "COM9",
        "LPT1",
        "LPT2",
        "LPT3",
        "LPT4",
        "LPT5",
        "LPT6",
        "LPT7",
        "LPT8",
        "LPT9",
    };

    /// <summary>
    /// Returns a name that is valid in every file system. A changed name gets a hash of the original, so that two names
    /// stay distinct.
    /// </summary>
    /// <param name="name">The name of a test.</param>
    public static string Of(string name)
    {
        const string forbidden = "<>:\"/\\|?*";
        var safe = string.Concat(name.Select(c => c < ' ' || forbidden.Contains(c, StringComparison.Ordinal) ? '_' : c))
            .Trim(' ', '.');
        var isReserved = s_reserved.Contains(safe.Split('.')[0].TrimEnd());
        if (safe == name && safe.Length > 0 && Encoding.UTF8.GetByteCount(safe) <= LongestBytes && !isReserved)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        var head = new StringInfo(safe);
        while (Encoding.UTF8.GetByteCount(head.String) > LongestBytes)
        {
            head = new StringInfo(head.SubstringByTextElements(0, head.LengthInTextElements - 1));
        }

        return $"{(isReserved ? "_" : string.Empty)}{head.String.TrimEnd(' ', '.')} {hash}".TrimStart();
    }
}
