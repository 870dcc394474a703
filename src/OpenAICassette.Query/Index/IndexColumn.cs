using OpenAICassette.Facts;

namespace OpenAICassette.Query.Index;

/// <summary>Represents a column of a table.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
internal sealed record IndexColumn(string Name, FactType Type)
{
    /// <summary>Gets the name as SQL writes it.</summary>
    public string Sql => $"\"{Name}\"";

    /// <summary>Gets the type as SQL writes it. Parquet gets plain types from it: UTF-8, INT64, DOUBLE, BOOLEAN,
    /// TIMESTAMP in microseconds, and lists of UTF-8.</summary>
    public string SqlType =>
        Type switch
        {
            FactType.Integer => "BIGINT",
            FactType.Number => "DOUBLE",
            FactType.Truth => "BOOLEAN",
            FactType.Time => "TIMESTAMP",
            FactType.Texts => "VARCHAR[]",
            _ => "VARCHAR",
        };
}
