namespace OpenAICassette.Http;

/// <summary>Answers requests.</summary>
internal interface IHttpHandler
{
    /// <summary>
    /// Answers one request. The exchange is valid until the task ends, because the next request of the connection
    /// reuses it. A stream that is still open then is ended, even if the handler was canceled because the server stops.
    /// Any other exception results in status 500, or cuts off an answer that has begun.
    /// </summary>
    /// <param name="exchange">The request and the means to answer.</param>
    ValueTask AnswerAsync(HttpExchange exchange);

    /// <summary>Reports to the user of the server that a defect kept a request from being answered.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="defect">What <see cref="AnswerAsync"/> threw.</param>
    void Report(HttpExchange exchange, Exception defect) { }
}
