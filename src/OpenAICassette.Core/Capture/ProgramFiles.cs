namespace OpenAICassette.Capture;

/// <summary>
/// Represents the temporary files by which programs find and trust the proxy of one run. They are deleted afterwards.
/// </summary>
internal sealed class ProgramFiles : IDisposable
{
    private const string Preload = "OpenAICassette.Capture.node-proxy.cjs";

    private readonly DirectoryInfo _folder;

    private ProgramFiles(DirectoryInfo folder)
    {
        _folder = folder;
    }

    /// <summary>Gets the file with the certificate of the run alone, and those that Node.js was given before.</summary>
    public string Certificate => Path.Join(_folder.FullName, "ca.pem");

    /// <summary>Gets the file with the certificates that the system trusts and that of the run.</summary>
    public string Bundle => Path.Join(_folder.FullName, "bundle.pem");

    /// <summary>Gets the file that Node.js loads before a program.</summary>
    public string NodePreload => Path.Join(_folder.FullName, "node-proxy.cjs");

    /// <summary>Writes the files to a folder that only this user can read.</summary>
    /// <param name="certificate">The certificate of the run as PEM text.</param>
    /// <param name="variable">Returns the value of a variable; null if it is not set.</param>
    /// <exception cref="IOException">The folder for temporary files cannot be written to.</exception>
    public static ProgramFiles Write(string certificate, Func<string, string?> variable)
    {
        var files = new ProgramFiles(Directory.CreateTempSubdirectory("cassette-"));
        try
        {
            var extra = variable(ProgramVariables.NodeCertificates) is { Length: > 0 } path
                ? CertificateBundle.ReadFile(path)
                : string.Empty;
            File.WriteAllText(files.Certificate, certificate + extra);
            File.WriteAllText(files.Bundle, certificate + CertificateBundle.Read(variable));
            using var preload = typeof(ProgramFiles).Assembly.GetManifestResourceStream(Preload)!;
            using var written = File.Create(files.NodePreload);
            preload.CopyTo(written);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A program that is still running may have a file open; it holds no secret.
        }
    }
}
