namespace OpenAICassette.Apis;

/// <summary>Reads the errors that services answer with.</summary>
internal static class ErrorReader
{
    /// <summary>Reads the body of an error response. Most services wrap the error in a member of that name.</summary>
    /// <param name="body">The body.</param>
    /// <param name="status">The HTTP status.</param>
    public static RecordedError ReadBody(JsonValue body, int status)
    {
        var error = body["error"].HasValue ? body["error"] : body;
        return new RecordedError
        {
            Status = status,
            Type = TypeOf(error),
            Message = error["message"].Text ?? error.Text ?? $"the service answered with status {status}",
            Body = body,
        };
    }

    /// <summary>Reads an error that ended a stream.</summary>
    public static RecordedError ReadEvent(JsonValue error) =>
        new()
        {
            Type = TypeOf(error),
            Message = error["message"].Text ?? error.ToString(),
            Body = error,
        };

    /// <summary>Returns the error's type; Google calls it status, and Amazon puts underscores before it.</summary>
    private static string? TypeOf(JsonValue error) =>
        error["type"].Text ?? error["code"].Text ?? error["status"].Text ?? error["__type"].Text;
}
