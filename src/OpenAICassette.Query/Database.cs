using DuckDB.NET.Data;

namespace OpenAICassette.Query;

/// <summary>
/// Represents a database in a temporary file, so that tables larger than the memory fit. It uses no network: extensions
/// are neither downloaded nor loaded.
/// </summary>
internal sealed class Database : IDisposable
{
    private const string MemoryLimit = "1GB";

    private readonly WorkFolder _folder = new();

    /// <summary>Creates an empty database.</summary>
    public Database()
    {
        Connection = new DuckDBConnection($"DataSource={Path.Join(_folder.Path, "rows.duckdb")}");
        try
        {
            Connection.Open();
            Execute(
                $"""
                SET autoinstall_known_extensions = false;
                SET autoload_known_extensions = false;
                SET memory_limit = '{MemoryLimit}';
                SET temp_directory = {Text(_folder.Path)};
                SET TimeZone = 'UTC';
                """
            );
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the connection.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>Runs statements.</summary>
    public void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Returns the rows of a query, each with its values; null for NULL.</summary>
    public IEnumerable<object?[]> Select(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            yield return row;
        }
    }

    /// <summary>Returns a text as SQL writes it.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        _folder.Dispose();
    }
}
