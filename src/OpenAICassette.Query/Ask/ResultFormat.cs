namespace OpenAICassette.Query.Ask;

/// <summary>Specifies how the rows of an answer are written.</summary>
internal enum ResultFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>A JSON object on each line.</summary>
    Json,

    /// <summary>Comma-separated values with a header, as RFC 4180 describes them.</summary>
    Csv,
}
