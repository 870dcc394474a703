namespace OpenAICassette.Query;

/// <summary>Thrown when an index cannot be used or a query cannot be answered. Its message says what to do.</summary>
internal sealed class QueryException : Exception
{
    /// <summary>Creates an exception.</summary>
    public QueryException(string message, Exception? inner = null)
        : base(message, inner) { }
}
