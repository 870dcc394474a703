using System.Management.Automation;
using System.Net;

namespace OpenAICassette.Hosting;

/// <summary>Creates the error records of cassette servers.</summary>
internal static class ServerErrors
{
    /// <summary>A server's options contradict each other, or one is not valid.</summary>
    public static ErrorRecord ServerNotConfigured(Exception e) =>
        Errors.Record(e, "ServerNotConfigured", ErrorCategory.InvalidArgument, null);

    /// <summary>A port is in use, or an address does not belong to this machine.</summary>
    public static ErrorRecord NotListening(IPAddress address, int port, Exception e) =>
        Errors.Record(
            new InvalidOperationException($"Cannot listen on {new IPEndPoint(address, port)}: {e.Message}", e),
            "ServerNotStarted",
            ErrorCategory.ResourceUnavailable,
            port
        );

    /// <summary>Another server has already set the environment variables of this process.</summary>
    public static ErrorRecord EnvironmentInUse() =>
        Errors.Record(
            new InvalidOperationException(
                "The environment variables of this process already point to another cassette server. "
                    + "Stop that server first, or pass the Uri of this one to clients."
            ),
            "EnvironmentInUse",
            ErrorCategory.ResourceBusy,
            null
        );

    /// <summary>No server listens on a port.</summary>
    public static ErrorRecord NoServer(int port) =>
        Errors.Record(
            new InvalidOperationException($"No cassette server of this process listens on port {port}."),
            "ServerNotFound",
            ErrorCategory.ObjectNotFound,
            port
        );
}
