using System.Collections;
using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Redirects a web request to a server of this module.</summary>
internal static class RequestRedirection
{
    /// <summary>The parameters that choose another address, or have no meaning for a request to this machine.</summary>
    private static readonly string[] s_ways =
    [
        "Proxy",
        "ProxyCredential",
        "ProxyUseDefaultCredentials",
        "UnixSocket",
        "Certificate",
        "CertificateThumbprint",
    ];

    /// <summary>Changes the parameters of Invoke-RestMethod or Invoke-WebRequest.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="session">The cassette that answers.</param>
    public static void Apply(Hashtable parameters, CassetteSession session)
    {
        var given = parameters["Uri"] is PSObject wrapped ? wrapped.BaseObject : parameters["Uri"];
        var uri = given as Uri ?? new Uri($"{given}", UriKind.RelativeOrAbsolute);

        // A host without a scheme means http, as in the cmdlets themselves.
        uri = uri.IsAbsoluteUri ? uri : new Uri($"http://{uri.OriginalString}");
        if (uri.Scheme is not ("http" or "https"))
        {
            return;
        }

        parameters["Uri"] = new Uri(session.Uri, uri.PathAndQuery);
        if (session.UpstreamToken is { } token)
        {
            var headers = parameters["Headers"] is IDictionary own
                ? new Hashtable(own, StringComparer.OrdinalIgnoreCase)
                : new Hashtable(StringComparer.OrdinalIgnoreCase);
            headers[CassetteServerOptions.UpstreamHeader] = $"{token} {uri.GetLeftPart(UriPartial.Authority)}";
            parameters["Headers"] = headers;
        }

        parameters["NoProxy"] = new SwitchParameter(true);
        foreach (var way in s_ways)
        {
            parameters.Remove(way);
        }

        // Credentials can be sent to this machine without encryption.
        if (
            parameters.ContainsKey("Authentication")
            || parameters.ContainsKey("Credential")
            || parameters.ContainsKey("UseDefaultCredentials")
        )
        {
            parameters["AllowUnencryptedAuthentication"] = new SwitchParameter(true);
        }
    }
}
