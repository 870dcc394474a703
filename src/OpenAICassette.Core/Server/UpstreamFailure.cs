using System.Net.Sockets;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Server;

/// <summary>Describes why a service did not answer, without texts that could contain secrets.</summary>
internal static class UpstreamFailure
{
    /// <summary>Returns the reason.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="service">The address of the service.</param>
    public static string ReasonOf(Exception exception, Uri service) =>
        exception switch
        {
            OperationCanceledException => "the answer took too long",
            UpstreamAnswerException answer => answer.Message,
            HttpRequestException { InnerException: UpstreamCertificateException certificate } =>
                $"the connection to the upstream failed: {certificate.Message}",
            _ => $"the connection to the upstream failed: {Words(exception, service.Authority)}",
        };

    private static string Words(Exception exception, string host) =>
        exception switch
        {
            HttpRequestException { HttpRequestError: var error } => error switch
            {
                HttpRequestError.NameResolutionError => $"the host {host} is not known (NameResolutionError)",
                HttpRequestError.ConnectionError => $"{host} cannot be reached (ConnectionError)",
                HttpRequestError.SecureConnectionError =>
                    $"TLS with {host} failed; the service may not speak https (SecureConnectionError)",
                HttpRequestError.ConfigurationLimitExceeded =>
                    "the head of its answer is longer than 64 KB (ConfigurationLimitExceeded)",
                HttpRequestError.Unknown => "it ended early",
                _ => error.ToString(),
            },
            HttpIOException io => io.HttpRequestError.ToString(),
            InvalidDataException => "the answer cannot be decoded",
            _ => "it ended early",
        };

    /// <summary>Returns how the upstream cut the connection in the middle of a body; null for another failure.</summary>
    public static ConnectionCut? CutOf(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted }:
                    return ConnectionCut.Reset;
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return ConnectionCut.Closed;
            }
        }

        return null;
    }
}
