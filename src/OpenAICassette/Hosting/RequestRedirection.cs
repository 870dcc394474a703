using System.Collections;
using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Leads a web request to a server of ours, as if that were the host that was asked for.</summary>
internal static class RequestRedirection
{
    /// <summary>What leads elsewhere than to the address, or has no meaning on the way to this machine.</summary>
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

        // A host alone is taken for http, as by the cmdlets themselves.
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

        // Credentials may go to this machine without encryption.
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
