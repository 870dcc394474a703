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
    public static ReadyFile Write(string? path, CassetteServer server)
    {
        if (path is null)
        {
            return new ReadyFile(null);
        }

        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);

        // A process that waits for the file must never see a part of it.
        var part = $"{full}.{Environment.ProcessId}";
        File.WriteAllText(
            part,
            JsonLine.Write(writer =>
            {
                writer.WriteString("uri", server.Uri.ToString());
                writer.WriteNumber("port", server.Port);
                writer.WriteNumber("pid", Environment.ProcessId);
            }) + "\n"
        );
        File.Move(part, full, overwrite: true);
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
