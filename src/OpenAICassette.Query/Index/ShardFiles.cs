using DuckDB.NET.Data;

namespace OpenAICassette.Query.Index;

/// <summary>Reads and replaces the Parquet files of one shard.</summary>
/// <param name="database">The database with the new rows, in the schema <see cref="NewRows"/>.</param>
/// <param name="folder">The folder of the index.</param>
/// <param name="options">The options of the update.</param>
internal sealed class ShardFiles(Database database, IndexFolder folder, IndexOptions options)
{
    /// <summary>The schema of the tables with new rows.</summary>
    public const string NewRows = "added";

    private readonly ShardReplacement _replacement = new(folder, options.Shard);

    /// <summary>Gets whether the shard was written with the same content by the same version.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>Returns the files that the shard covers; none if it has to be made anew.</summary>
    public Dictionary<string, IndexedFile> Load()
    {
        _replacement.Recover();
        var known = new Dictionary<string, IndexedFile>(StringComparer.Ordinal);
        var file = folder.FileOf(IndexTable.Files, options.Shard);
        if (!File.Exists(file))
        {
            return known;
        }

        try
        {
            var properties = IndexFolder.Properties(database, [file]);
            var expected = IndexFolder.PropertiesOf(options.Content);
            IsCurrent = expected.All(property => properties[property.Key].SequenceEqual([property.Value]));
            if (!IsCurrent)
            {
                options.Note(
                    $"{folder.Path}: made with other options or by another version, so every file is read again"
                );
                return known;
            }

            RequireTables();
            foreach (var row in database.Select($"SELECT {IndexTable.Files.ColumnList} FROM {Parquet(file)}"))
            {
                known[(string)row[0]!] = IndexedFile.OfRow(row);
            }
        }
        catch (Exception e) when (e is QueryException or DuckDBException)
        {
            options.Note($"{folder.Path}: the index is damaged, so every file is read again: {e.Message}");
            IsCurrent = false;
            known.Clear();
        }

        return known;
    }

    /// <summary>Writes the shard: the old rows of files that stay, and the new ones.</summary>
    /// <param name="gone">The table with the paths whose old rows go, but for those in the table of files.</param>
    /// <param name="restated">The table with the paths whose rows in the table of files go.</param>
    /// <param name="hasRows">Whether rows come or go in other tables than that of the files.</param>
    /// <param name="cancellation">Stops before the files are replaced.</param>
    public void Write(string gone, string restated, bool hasRows, CancellationToken cancellation)
    {
        foreach (var table in IndexTable.All)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!options.Content.Has(table))
            {
                _replacement.Remove(table);
            }
            else if (table == IndexTable.Files)
            {
                Write(table, restated);
            }
            else if (hasRows || !IsCurrent)
            {
                Write(table, gone);
            }
        }

        _replacement.Complete();
    }

    /// <summary>Fails if a table that the shard should have is not there.</summary>
    private void RequireTables()
    {
        var missing = IndexTable.All.FirstOrDefault(table =>
            options.Content.Has(table) && !File.Exists(folder.FileOf(table, options.Shard))
        );
        if (missing is not null)
        {
            throw new QueryException($"the table {missing.Name} is missing");
        }
    }

    private void Write(IndexTable table, string gone)
    {
        var rows = $"SELECT {table.ColumnList} FROM {NewRows}.{table.Name}";
        if (IsCurrent)
        {
            rows =
                $"SELECT {table.ColumnList} FROM {Parquet(folder.FileOf(table, options.Shard))}"
                + $" WHERE path NOT IN (SELECT path FROM {gone}) UNION ALL {rows}";
        }

        var properties = string.Join(
            ", ",
            IndexFolder.PropertiesOf(options.Content).Select(pair => $"{pair.Key}: {Database.Text(pair.Value)}")
        );
        database.Execute(
            $"COPY (SELECT * FROM ({rows}) ORDER BY {table.Key}) TO {Database.Text(_replacement.New(table))} "
                + $"(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, KV_METADATA {{{properties}}})"
        );
    }

    private static string Parquet(string file) => $"read_parquet({Database.Text(file)})";
}
