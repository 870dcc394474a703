using System.Buffers.Text;

namespace OpenAICassette.Redaction.Rules;

/// <summary>Recognizes JSON web tokens (RFC 7519).</summary>
internal static class JsonWebToken
{
    /// <summary>An object that begins with "alg":", "typ":" or "kid":", also where its end is cut off.</summary>
    private static readonly string[] s_beginnings = ["eyJhbGciOi", "eyJ0eXAiOi", "eyJraWQiOi"];

    /// <summary>Returns whether the first part is a JSON object that names an algorithm.</summary>
    /// <param name="token">Parts in base64url with dots between them.</param>
    public static bool IsToken(string token)
    {
        var header = token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal));
        foreach (var beginning in s_beginnings)
        {
            if (header.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        if (!Base64Url.IsValid(header))
        {
            return false;
        }

        var json = JsonValue.ParseOrUndefined(Base64Url.DecodeFromChars(header));
        return json["alg"].Exists || json["typ"].Exists || json["kid"].Exists;
    }
}
