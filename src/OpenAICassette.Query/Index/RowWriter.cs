using DuckDB.NET.Data;
using OpenAICassette.Facts;

namespace OpenAICassette.Query.Index;

/// <summary>Writes rows into the tables of a database.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly Dictionary<IndexTable, DuckDBAppender> _appenders = [];

    /// <summary>Creates the tables and opens them for writing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="schema">The schema in which the tables are created.</param>
    public RowWriter(Database database, string schema)
    {
        database.Execute($"CREATE SCHEMA {schema}");
        foreach (var table in IndexTable.All)
        {
            database.Execute(table.CreateStatement($"{schema}.{table.Name}"));
            _appenders[table] = database.Connection.CreateAppender(schema, table.Name);
        }
    }

    /// <summary>Writes the rows of a file.</summary>
    public void Write(FileRows rows)
    {
        foreach (var table in IndexTable.All)
        {
            foreach (var row in rows.Of(table))
            {
                Write(table, row);
            }
        }
    }

    /// <summary>Writes a row, with its values in the order of the columns.</summary>
    public void Write(IndexTable table, object?[] values)
    {
        var row = _appenders[table].CreateRow();
        for (var i = 0; i < values.Length; i++)
        {
            Append(row, table.Columns[i].Type, values[i]);
        }

        row.EndRow();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var appender in _appenders.Values)
        {
            appender.Dispose();
        }
    }

    private static void Append(IDuckDBAppenderRow row, FactType type, object? value)
    {
        switch (type)
        {
            case FactType.Integer:
                row.AppendValue((long?)value);
                break;
            case FactType.Number:
                row.AppendValue((double?)value);
                break;
            case FactType.Truth:
                row.AppendValue((bool?)value);
                break;
            case FactType.Time:
                row.AppendValue((DateTime?)value);
                break;
            case FactType.Texts:
                row.AppendValue(((IReadOnlyList<string>)value!).Select(Storable).ToList());
                break;
            default:
                row.AppendValue(value is string text ? Storable(text) : null);
                break;
        }
    }

    /// <summary>The database ends a text at a NUL character, so it is replaced.</summary>
    private static string Storable(string text) => text.Replace('\0', '\ufffd');
}
