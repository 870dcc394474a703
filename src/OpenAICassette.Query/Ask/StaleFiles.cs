using OpenAICassette.Formats;
using OpenAICassette.Query.Index;

namespace OpenAICassette.Query.Ask;

/// <summary>
/// Finds the files of an index that changed or are gone since it was updated. A query leaves their rows out, because
/// what the index says of them is no longer true.
/// </summary>
internal static class StaleFiles
{
    /// <summary>The table with the paths of the files.</summary>
    public const string Table = "stale_files";

    /// <summary>Writes the paths of the files into the table.</summary>
    /// <param name="database">The database.</param>
    /// <param name="parts">The parts of the table of files.</param>
    /// <param name="warning">Receives what was left out.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>False if there are none, and no table.</returns>
    public static bool Find(
        Database database,
        IReadOnlyList<string> parts,
        Action<string> warning,
        CancellationToken cancellation
    )
    {
        var rows = database
            .Select($"SELECT {IndexTable.Files.ColumnList} FROM {Parquet(parts)} WHERE state = 'cassette'")
            .Select(row => (Path: (string)row[0]!, File: IndexedFile.OfRow(row)))
            .ToList();
        var stale = new bool[rows.Count];
        var missing = 0;
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var stamp = FileStamp.Of(rows[i].Path);
            stale[i] = !IsSame(rows[i].Path, rows[i].File, stamp);
            Interlocked.Add(ref missing, stamp.Length < 0 ? 1 : 0);
        });
        if (missing == rows.Count && missing > 0)
        {
            warning(
                $"none of the {missing} files of the index is on this machine, so it is not known whether they changed"
            );
            return false;
        }

        var paths = rows.Where((_, i) => stale[i]).Select(row => row.Path).ToList();
        if (paths.Count == 0)
        {
            return false;
        }

        Write(database, paths);
        warning(
            $"left out {paths.Count} of {rows.Count} files, which changed or are gone since the index was updated, "
                + $"for example {paths[0]}. Update the index."
        );
        return true;
    }

    /// <summary>Returns the function that reads parts of a table.</summary>
    public static string Parquet(IEnumerable<string> parts) =>
        $"read_parquet([{string.Join(", ", parts.Select(Database.Text))}], union_by_name = true)";

    private static bool IsSame(string path, IndexedFile file, FileStamp stamp)
    {
        if (stamp.Length < 0)
        {
            return false;
        }

        // A file that was only touched, or written while it was indexed, is compared by its content.
        return (file.IsSettled && file.HasStamp(stamp)) || HashOf(path) == file.ContentHash;
    }

    private static string? HashOf(string path)
    {
        try
        {
            return $"{CassetteStore.Open(path).ContentHash:x32}";
        }
        catch (CassetteException)
        {
            return null;
        }
    }

    private static void Write(Database database, IEnumerable<string> paths)
    {
        database.Execute($"CREATE TABLE {Table} (path VARCHAR)");
        using var appender = database.Connection.CreateAppender(Table);
        foreach (var path in paths)
        {
            appender.CreateRow().AppendValue(path).EndRow();
        }
    }
}
