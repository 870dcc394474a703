using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using OpenAICassette.Facts;

namespace OpenAICassette.Query.Index;

/// <summary>
/// Represents the folder of an index. It has a folder for each table, and in it a file of Parquet for each shard.
/// </summary>
/// <param name="path">The full path of the folder.</param>
internal sealed partial class IndexFolder(string path)
{
    /// <summary>The version of the layout and the tables. An index of another version is made anew.</summary>
    public const int Version = 1;

    private const string Mark = ".replacing";
    private const int MostAttempts = 20;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Gets the full path of the folder.</summary>
    public string Path { get; } = path;

    /// <summary>Returns the file of a table's shard.</summary>
    public string FileOf(IndexTable table, IndexShard shard) => System.IO.Path.Join(Path, table.Name, shard.FileName);

    /// <summary>Returns the file that exists while the files of a shard are replaced.</summary>
    public string MarkOf(IndexShard shard) => System.IO.Path.Join(Path, $".{shard.FileName}{Mark}");

    /// <summary>Waits until no files are being replaced: between two of them, the tables do not match.</summary>
    /// <exception cref="QueryException">The program that replaced them was killed.</exception>
    public void RequireWhole(CancellationToken cancellation)
    {
        for (var attempt = 0; Directory.EnumerateFiles(Path, $".*{Mark}").Any(); attempt++)
        {
            if (attempt == MostAttempts)
            {
                throw new QueryException(
                    $"{Path}: an update was stopped while it replaced the files of the index. Update it again."
                );
            }

            cancellation.WaitHandle.WaitOne(s_pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Returns the files of a table, of all shards.</summary>
    public IReadOnlyList<string> FilesOf(IndexTable table)
    {
        var folder = System.IO.Path.Join(Path, table.Name);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "shard-*.parquet").Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Fails if the folder holds shards that another number of parts was divided into.</summary>
    /// <exception cref="QueryException">It does: a file could be in two of them.</exception>
    public void RequireCount(IndexShard shard)
    {
        var other = FilesOf(IndexTable.Files)
            .Select(file => ShardName().Match(System.IO.Path.GetFileName(file)))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .FirstOrDefault(count => count != shard.Count, shard.Count);
        if (other != shard.Count)
        {
            throw new QueryException(
                $"{Path}: the index is divided into {other} shards, not {shard.Count}. "
                    + "Use the same number, or another folder."
            );
        }
    }

    /// <summary>Returns what the shards of an index say of themselves: each key with its values.</summary>
    /// <exception cref="QueryException">A file is not of an index.</exception>
    public static ILookup<string, string> Properties(Database database, IEnumerable<string> files)
    {
        var list = string.Join(", ", files.Select(Database.Text));
        try
        {
            return database
                .Select($"SELECT DISTINCT decode(key), decode(value) FROM parquet_kv_metadata([{list}])")
                .ToLookup(row => (string)row[0]!, row => (string)row[1]!);
        }
        catch (DuckDBException e)
        {
            throw new QueryException($"the index cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Returns what a shard says of itself, by key.</summary>
    public static IReadOnlyDictionary<string, string> PropertiesOf(IndexContent content) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["openai_cassette_index"] = Version.ToString(CultureInfo.InvariantCulture),
            ["facts_version"] = FactColumn.Version.ToString(CultureInfo.InvariantCulture),
            ["program_version"] = $"{typeof(Cassette).Assembly.GetName().Version}",
            ["text"] = content.Text ? "true" : "false",
            ["findings"] = content.Findings ? "true" : "false",
        };

    [GeneratedRegex(@"^shard-\d+-of-(\d+)\.parquet$")]
    private static partial Regex ShardName();
}
