using System.Data.Common;
using System.Numerics;
using DuckDB.NET.Data;

namespace OpenAICassette.Query.Ask;

/// <summary>Represents the answer to a query: columns, and rows that are read one after the other.</summary>
internal sealed class QueryResult : IDisposable
{
    private readonly Database _database;
    private readonly DuckDBCommand _command;
    private readonly DbDataReader _reader;
    private readonly CancellationTokenRegistration _stop;

    private QueryResult(QueryOptions options, CancellationToken cancellation)
    {
        _database = new Database();
        try
        {
            new QueryTables(_database, options).Create(cancellation);
            _command = _database.Connection.CreateCommand();
            _command.CommandText = options.Sql;
            _command.UseStreamingMode = true;
            _stop = cancellation.Register(_command.Cancel);
            _reader = _command.ExecuteReader();
            Columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetName)];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Asks a query.</summary>
    /// <exception cref="QueryException">There is no index, or the query is not valid.</exception>
    public static QueryResult Ask(QueryOptions options, CancellationToken cancellation)
    {
        try
        {
            return new QueryResult(options, cancellation);
        }
        catch (DuckDBException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Explain(options, e);
        }
    }

    /// <summary>
    /// Reads the rows. A value is a string, long, double, bool, decimal, DateTime, list, dictionary, or null; a whole
    /// number that a long cannot hold is a BigInteger.
    /// </summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="QueryException">The query fails on a row.</exception>
    public IEnumerable<object?[]> Rows(CancellationToken cancellation)
    {
        while (Read(cancellation))
        {
            var row = new object?[Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = _reader.IsDBNull(i) ? null : Plain(_reader.GetValue(i));
            }

            yield return row;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _reader?.Dispose();
        _command?.Dispose();
        _database.Dispose();
    }

    private bool Read(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return _reader.Read();
        }
        catch (DuckDBException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new QueryException(e.Message, e);
        }
    }

    private static object Plain(object value) =>
        value switch
        {
            BigInteger big when big >= long.MinValue && big <= long.MaxValue => (long)big,
            int number => (long)number,
            short number => (long)number,
            sbyte number => (long)number,
            byte number => (long)number,
            ushort number => (long)number,
            uint number => (long)number,
            float number => (double)number,
            DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
            _ => value,
        };

    /// <summary>Adds to the error of a table that is not there why it may be missing.</summary>
    private static QueryException Explain(QueryOptions options, DuckDBException e)
    {
        string? OptionOf(string table, string option) =>
            options.Index is not null && e.Message.Contains($"Table with name {table} does not exist", default)
                ? $"The index has no table {table}. Update it with {option}."
                : null;
        return new QueryException(
            OptionOf("messages", "--text, or -Text in PowerShell")
                ?? OptionOf("findings", "--findings, or -Finding in PowerShell")
                ?? e.Message,
            e
        );
    }
}
