using OpenAICassette.Text;

namespace OpenAICassette.Cli;

/// <summary>
/// Writes a file that tells other processes the address of a server. It exists as long as the server runs.
/// </summary>
internal sealed class ReadyFile : IDisposable
{
    private readonly string? _path;

    private ReadyFile(string? path)
    {
        _path = path;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The path; null for no file.</param>
    /// <param name="server">The server.</param>
    /// <param name="address">Its address for clients.</param>
    public static ReadyFile Write(string? path, CassetteServer server, Uri address)
    {
        if (path is null)
        {
            return new ReadyFile(null);
        }

        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);

        PrivateFile.Write(
            full,
            JsonLine.Write(writer =>
            {
                writer.WriteString("uri", address.ToString());
                writer.WriteNumber("port", server.Port);
                writer.WriteNumber("pid", Environment.ProcessId);
            }) + "\n"
        );
        return new ReadyFile(full);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }
}
