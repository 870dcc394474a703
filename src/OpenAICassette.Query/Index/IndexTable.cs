using OpenAICassette.Facts;

namespace OpenAICassette.Query.Index;

/// <summary>Represents a table of an index. docs/query.md describes the columns.</summary>
/// <param name="Name">The name, which is also that of its folder.</param>
/// <param name="Key">The columns that order the rows.</param>
/// <param name="Columns">The columns; the first one is the path of the file that a row belongs to.</param>
internal sealed record IndexTable(string Name, string Key, IReadOnlyList<IndexColumn> Columns)
{
    /// <summary>The files that the index covers.</summary>
    public static readonly IndexTable Files = new(
        "files",
        "path",
        [
            new("path", FactType.Text),
            new("bytes", FactType.Integer),
            new("modified_at", FactType.Time),
            new("indexed_at", FactType.Time),
            new("content_hash", FactType.Text),
            new("state", FactType.Text),
            new("problem", FactType.Text),
            new("format", FactType.Text),
            new("interactions", FactType.Integer),
        ]
    );

    /// <summary>The facts. What they cost depends on the prices of a query.</summary>
    public static readonly IndexTable Interactions = new(
        "interactions",
        "path, index",
        [
            .. FactColumn
                .All.Where(column => column.Name != FactColumn.Cost)
                .Select(column => new IndexColumn(column.Name, column.Type)),
        ]
    );

    /// <summary>What was said.</summary>
    public static readonly IndexTable Messages = new(
        "messages",
        "path, index, position",
        [
            new("path", FactType.Text),
            new("index", FactType.Integer),
            new("position", FactType.Integer),
            new("origin", FactType.Text),
            new("choice", FactType.Integer),
            new("role", FactType.Text),
            new("name", FactType.Text),
            new("text", FactType.Text),
            new("reasoning", FactType.Text),
            new("refusal", FactType.Text),
            new("tool_call_id", FactType.Text),
            new("parts", FactType.Texts),
        ]
    );

    /// <summary>The calls of tools, in requests and answers.</summary>
    public static readonly IndexTable ToolCalls = new(
        "tool_calls",
        "path, index, position, ordinal",
        [
            new("path", FactType.Text),
            new("index", FactType.Integer),
            new("position", FactType.Integer),
            new("origin", FactType.Text),
            new("choice", FactType.Integer),
            new("ordinal", FactType.Integer),
            new("id", FactType.Text),
            new("name", FactType.Text),
            new("arguments", FactType.Text),
        ]
    );

    /// <summary>Health problems and secrets, without the values of secrets.</summary>
    public static readonly IndexTable Findings = new(
        "findings",
        "ALL",
        [
            new("path", FactType.Text),
            new("index", FactType.Integer),
            new("kind", FactType.Text),
            new("id", FactType.Text),
            new("severity", FactType.Text),
            new("confidence", FactType.Text),
            new("pointer", FactType.Text),
            new("line", FactType.Integer),
            new("message", FactType.Text),
        ]
    );

    /// <summary>Gets all tables. That of the files is written last, because it says which rows are current.</summary>
    public static IReadOnlyList<IndexTable> All { get; } = [Interactions, Messages, ToolCalls, Findings, Files];

    /// <summary>Gets the names of the columns as SQL writes them.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => column.Sql));

    /// <summary>Returns the statement that creates the table.</summary>
    /// <param name="name">The name of the table in the database.</param>
    public string CreateStatement(string name) =>
        $"CREATE TABLE {name} ({string.Join(", ", Columns.Select(column => $"{column.Sql} {column.SqlType}"))})";
}
