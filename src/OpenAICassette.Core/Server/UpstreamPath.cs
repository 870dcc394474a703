using OpenAICassette.Apis;

namespace OpenAICassette.Server;

/// <summary>Combines the path of a client with the base path of the upstream.</summary>
internal static class UpstreamPath
{
    /// <summary>
    /// Returns whether a path contains a . or .. segment, however it is encoded: a service may resolve it, which would
    /// lead out of the upstream's path.
    /// </summary>
    /// <param name="path">The client's path.</param>
    public static bool HasDots(string path) =>
        Uri.UnescapeDataString(path).Split('/', '\\').Any(segment => segment.Split(';')[0] is "." or "..");

    /// <summary>
    /// Joins two paths. A version that the client repeats is sent once, and so is what its path begins and the
    /// upstream's path ends with. If the upstream's path names a version, that replaces the one at the start of the
    /// client's path. Nothing else is left out.
    /// </summary>
    /// <param name="upstream">The upstream's path.</param>
    /// <param name="path">The client's path.</param>
    public static string Join(string upstream, string path)
    {
        var own = upstream.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var asked = path.TrimStart('/').Split('/').AsSpan();
        while (asked.Length > 1 && asked[0] == asked[1] && ApiOperation.IsVersion(asked[0]))
        {
            asked = asked[1..];
        }

        var shared = Math.Min(own.Length, asked.Length);
        while (shared > 0 && !own.AsSpan()[^shared..].SequenceEqual(asked[..shared]))
        {
            shared--;
        }

        if (shared == 0 && ApiOperation.IsVersion(asked[0]) && Array.Exists(own, ApiOperation.IsVersion))
        {
            shared = 1;
        }

        return $"/{string.Join('/', [.. own, .. asked[shared..]])}";
    }
}
