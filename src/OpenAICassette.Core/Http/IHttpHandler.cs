namespace OpenAICassette.Http;

/// <summary>Answers requests.</summary>
internal interface IHttpHandler
{
    /// <summary>
    /// Answers one request. The exchange is good until the task ends: it is used again for the connection's next
    /// request. A stream that was not ended by then is ended properly, also when the handler was cancelled because the
    /// server stops. Any other exception gives 500, or cuts off what had begun.
    /// </summary>
    /// <param name="exchange">The request and the means to answer.</param>
    ValueTask AnswerAsync(HttpExchange exchange);
}
