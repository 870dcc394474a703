using OpenAICassette.Apis;

namespace OpenAICassette.Capture;

/// <summary>
/// Represents the services that clients of a session are for: those that their environment variables named before the
/// session set them, or the provider's own host.
/// </summary>
internal static class KnownServices
{
    /// <summary>Returns the service for an operation.</summary>
    /// <param name="operation">The operation, for example messages or api/chat.</param>
    /// <param name="original">Returns the value that a variable had before the session; null if it had none.</param>
    public static Uri Of(string operation, Func<string, string?> original)
    {
        var family = ApiOperation.Of(operation).Family;
        foreach (var variable in family.UpstreamVariables)
        {
            if (
                Uri.TryCreate(original(variable), UriKind.Absolute, out var address)
                && address.Scheme is ("http" or "https")
            )
            {
                return address;
            }
        }

        return family.Upstream;
    }
}
