using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Benchmarks;

/// <summary>The memory of a server's process with many connections that have each asked once and stay open.</summary>
internal static class OpenConnections
{
    public static async Task PrintAsync(Uri server, int process, int count)
    {
        var before = Megabytes(process);
        var request = Encoding.ASCII.GetBytes($"GET /v1/models HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n");
        var buffer = new byte[64 << 10];
        var connections = new List<TcpClient>();
        for (var i = 0; i < count; i++)
        {
            var connection = new TcpClient();
            connections.Add(connection);
            await connection.ConnectAsync(server.Host, server.Port);
            await connection.GetStream().WriteAsync(request);
            if (await connection.GetStream().ReadAsync(buffer) == 0)
            {
                throw new IOException("the server closed a connection");
            }
        }

        await Task.Delay(1000);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} open connections: {Megabytes(process)} MB, {before} MB before"
            )
        );
        connections.ForEach(connection => connection.Dispose());
    }

    private static long Megabytes(int process)
    {
        using var server = System.Diagnostics.Process.GetProcessById(process);
        return server.WorkingSet64 >> 20;
    }
}
