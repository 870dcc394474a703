using System.Net;
using OpenAICassette.Server;

namespace OpenAICassette.Capture;

/// <summary>Represents a request that is led to the server of a session, and how its caller made it.</summary>
internal sealed class LedRequest
{
    private static readonly string[] s_links = ["Location", "Content-Location", "Link"];
    private static readonly UriCreationOptions s_asWritten = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    private readonly HttpRequestMessage _request;
    private readonly Uri _address;
    private readonly Version _version;
    private readonly HttpVersionPolicy _policy;
    private readonly string? _host;
    private readonly List<string> _added;
    private readonly string _server;

    private LedRequest(HttpRequestMessage request, CassetteSession session)
    {
        _request = request;
        _address = request.RequestUri!;
        _version = request.Version;
        _policy = request.VersionPolicy;
        _host = request.Headers.Host;
        var server = OriginText.Of(session.Uri);
        _server = OriginText.IsWebSocket(_address) ? $"ws{server["http".Length..]}" : server;
        _added =
        [
            CassetteServerOptions.UpstreamHeader,
            .. TraceFields.Names.Where(name => !request.Headers.NonValidated.Contains(name)),
        ];
    }

    /// <summary>Changes a request so that it reaches the server of a session.</summary>
    /// <param name="request">The request.</param>
    /// <param name="session">The session.</param>
    /// <param name="isNamed">True to tell the server which service the request is for.</param>
    public static LedRequest Lead(HttpRequestMessage request, CassetteSession session, bool isNamed)
    {
        var led = new LedRequest(request, session);
        request.RequestUri = new Uri($"{led._server}{led._address.PathAndQuery}", s_asWritten);

        // The server speaks HTTP/1.1 without encryption, and only to clients that name this machine.
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        request.Headers.Host = null;
        if (isNamed)
        {
            request.Headers.TryAddWithoutValidation(
                CassetteServerOptions.UpstreamHeader,
                $"{session.UpstreamToken ?? "-"} {OriginText.OfHttp(led._address)}"
            );
        }

        return led;
    }

    /// <summary>Makes the request what it was, and the addresses in the answer those of the service.</summary>
    /// <param name="response">The answer; null if there is none.</param>
    public void Restore(HttpResponseMessage? response)
    {
        try
        {
            _request.RequestUri = _address;
            _request.Version = _version;
            _request.VersionPolicy = _policy;
            _request.Headers.Host = _host;
            _added.ForEach(name => _request.Headers.Remove(name));
        }
        catch (ObjectDisposedException)
        {
            // The caller no longer needs the request.
        }

        if (response is not null)
        {
            Array.ForEach(s_links, name => Rename(response, name));
            ShowCookies(response);
        }
    }

    private static void ShowCookies(HttpResponseMessage response)
    {
        if (response.Headers.NonValidated.TryGetValues(CapturedCookies.HiddenField, out var cookies))
        {
            response.Headers.TryAddWithoutValidation(CapturedCookies.Field, [.. cookies]);
            response.Headers.Remove(CapturedCookies.HiddenField);
        }
    }

    private void Rename(HttpResponseMessage response, string name)
    {
        System.Net.Http.Headers.HttpHeaders headers =
            name == "Content-Location" ? response.Content.Headers : response.Headers;
        if (
            headers.NonValidated.TryGetValues(name, out var values)
            && values.Any(value => value.Contains(_server, StringComparison.OrdinalIgnoreCase))
        )
        {
            var origin = OriginText.Of(_address);
            var renamed = values
                .Select(value => value.Replace(_server, origin, StringComparison.OrdinalIgnoreCase))
                .ToList();
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, renamed);
        }
    }
}
