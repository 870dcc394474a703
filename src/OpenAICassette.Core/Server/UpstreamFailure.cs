using System.Net.Sockets;
using OpenAICassette.Cassettes;

namespace OpenAICassette.Server;

/// <summary>Describes why an answer of the upstream did not come to its end.</summary>
internal static class UpstreamFailure
{
    /// <summary>Returns the reason of a failure, without texts that could contain secrets.</summary>
    public static string ReasonOf(Exception e) =>
        e switch
        {
            HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request =>
                request.HttpRequestError.ToString(),
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
