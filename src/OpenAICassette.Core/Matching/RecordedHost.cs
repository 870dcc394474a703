using System.Text;

namespace OpenAICassette.Matching;

/// <summary>Reads the host that a recorded request was sent to.</summary>
internal static class RecordedHost
{
    /// <summary>The last URL of this thread and its host: recordings that follow each other share a few.</summary>
    [ThreadStatic]
    private static (string? Url, string? Host) t_last;

    /// <summary>
    /// Returns the host, with a port that is not the scheme's own; null if the recording does not contain it, for
    /// example because a placeholder replaced it.
    /// </summary>
    /// <param name="url">The recorded URL.</param>
    public static string? Of(string url)
    {
        if (url != t_last.Url)
        {
            t_last = (url, Read(url));
        }

        return t_last.Host;
    }

    private static string? Read(string url)
    {
        var isKnown =
            Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && uri.Scheme is ("http" or "https" or "ws" or "wss")
            && !PlaceholderText.IsIn(Encoding.UTF8.GetBytes(uri.Host.ToUpperInvariant()));
        return isKnown ? uri!.Authority : null;
    }
}
