using System.Net;
using System.Net.Sockets;

namespace OpenAICassette.Tests;

/// <summary>A port that refuses connections. It stays taken, so that no other server gets it meanwhile.</summary>
internal static class Nowhere
{
    private static readonly Socket s_taken = Take();

    /// <summary>The address of the port.</summary>
    public static Uri Address { get; } = new($"http://{s_taken.LocalEndPoint}/v1");

    private static Socket Take()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
