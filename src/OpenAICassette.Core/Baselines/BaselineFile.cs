using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAICassette.Formats;
using OpenAICassette.Text;

namespace OpenAICassette.Baselines;

/// <summary>Represents the file of a baseline: sorted, an entry on each line.</summary>
internal sealed class BaselineFile
{
    private const int Version = 1;
    private const int SaltLength = 16;

    /// <summary>Gets the known problems of cassettes.</summary>
    public SortedDictionary<BaselineKey, BaselineEntry> Findings { get; private init; } = new(BaselineKey.Order);

    /// <summary>Gets the known secrets.</summary>
    public SortedDictionary<BaselineKey, BaselineEntry> Secrets { get; private init; } = new(BaselineKey.Order);

    /// <summary>Gets the salt of the hashes of secrets.</summary>
    public byte[] Salt { get; private init; } = RandomNumberGenerator.GetBytes(SaltLength);

    /// <summary>Reads a baseline.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="BaselineException">The file cannot be read, or it is not valid.</exception>
    public static BaselineFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new BaselineReader(path).Read(document.RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BaselineException(path, $"the baseline cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BaselineException(path, $"the baseline is not JSON: {e.Message}", e);
        }
    }

    /// <summary>Creates a file from what was read.</summary>
    public static BaselineFile Of(
        SortedDictionary<BaselineKey, BaselineEntry> findings,
        SortedDictionary<BaselineKey, BaselineEntry> secrets,
        byte[]? salt
    )
    {
        var file = new BaselineFile { Findings = findings, Secrets = secrets };
        return salt is null
            ? file
            : new BaselineFile
            {
                Findings = findings,
                Secrets = secrets,
                Salt = salt,
            };
    }

    /// <summary>Writes the file, all of it or nothing.</summary>
    /// <param name="path">The path of the file, which is replaced if it exists.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <exception cref="CassetteException">The file cannot be written.</exception>
    public void Write(string path, CancellationToken cancellation) =>
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(Text()), cancellation);

    /// <summary>Returns the text of the file.</summary>
    public string Text()
    {
        var text = new StringBuilder("{\n").Append("  \"version\": ").Append(Version);
        if (Secrets.Count > 0)
        {
            text.Append(",\n  \"salt\": \"").Append(Convert.ToHexStringLower(Salt)).Append('"');
        }

        Append(text, "findings", Findings);
        Append(text, "secrets", Secrets);
        return text.Append("\n}\n").ToString();
    }

    private static void Append(StringBuilder text, string name, SortedDictionary<BaselineKey, BaselineEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        text.Append(",\n  \"").Append(name).Append("\": [\n    ");
        text.AppendJoin(",\n    ", entries.Select(entry => Line(entry.Key, entry.Value)));
        text.Append("\n  ]");
    }

    private static string Line(BaselineKey key, BaselineEntry entry) =>
        JsonLine.Write(writer =>
        {
            writer.WriteText("path", key.Path);
            writer.WriteText("id", key.Id);
            if (key.Place.Length > 0)
            {
                writer.WriteText("place", key.Place);
            }

            if (key.Secret is { } secret)
            {
                writer.WriteText("secret", secret);
            }

            if (entry.Count > 1)
            {
                writer.WriteNumber("count", entry.Count);
            }

            if (entry.Reason is { } reason)
            {
                writer.WriteText("reason", reason);
            }
        });
}
