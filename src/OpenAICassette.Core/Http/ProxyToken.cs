using System.Security.Cryptography;
using System.Text;

namespace OpenAICassette.Http;

/// <summary>
/// Represents the word that the owner of a proxy has in the proxy's address, and that clients send with each request
/// for the proxy (RFC 9110, section 11.7). Other users of the machine do not know it.
/// </summary>
internal sealed class ProxyToken
{
    private const string User = "cassette";
    private const int Bytes = 24;

    private readonly byte[] _credentials;

    /// <summary>Creates a new token.</summary>
    public ProxyToken()
    {
        Value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        _credentials = Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.ASCII.GetBytes($"{User}:{Value}")));
    }

    /// <summary>Gets the token, which can be a segment of a path.</summary>
    public string Value { get; }

    /// <summary>Returns the address of the proxy with the token.</summary>
    /// <param name="proxy">The address without it.</param>
    public Uri In(Uri proxy) => new UriBuilder(proxy) { UserName = User, Password = Value }.Uri;

    /// <summary>Returns whether a request has the token. The time does not depend on how much of it is right.</summary>
    /// <param name="headers">The request's header fields.</param>
    public bool IsIn(HttpHeaders headers)
    {
        var isIn = false;
        for (var i = 0; i < headers.Count; i++)
        {
            var value = headers.Known(i) == KnownHeader.ProxyAuthorization ? headers.Bytes(i) : default;
            var space = value.IndexOf((byte)' ');
            if (space > 0 && HttpText.Is(value[..space], "basic"u8))
            {
                isIn |= CryptographicOperations.FixedTimeEquals(HttpText.Trim(value[space..]), _credentials);
            }
        }

        return isIn;
    }

    /// <summary>Returns whether a path begins with the token as its first segment.</summary>
    /// <param name="path">The path of a request for the server itself.</param>
    public bool Begins(string path)
    {
        var end = path.IndexOf('/', 1);
        return end > 0
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(path[1..end]),
                Encoding.ASCII.GetBytes(Value)
            );
    }
}
