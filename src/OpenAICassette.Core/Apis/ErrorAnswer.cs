namespace OpenAICassette.Apis;

/// <summary>
/// Recognizes the body of an error alone. It has no status, but its type does: Anthropic and OpenAI document which
/// status each type has (https://docs.claude.com/en/api/errors,
/// https://platform.openai.com/docs/guides/error-codes/api-errors).
/// </summary>
internal static class ErrorAnswer
{
    private const int BadRequest = 400;

    /// <summary>
    /// Returns the status of an error with members that only OpenAI and those that follow it send; null for another value.
    /// </summary>
    public static int? StatusOfOpenAI(JsonValue answer)
    {
        var error = answer["error"];
        var isError =
            answer.Count == 1
            && error.Count == 4
            && error["message"].Text is not null
            && error["type"].Text is not null
            && error["param"].Exists
            && error["code"].Exists;
        return isError ? StatusOf(error) : null;
    }

    /// <summary>Returns the status of an error of Anthropic's; null for another value.</summary>
    public static int? StatusOfAnthropic(JsonValue answer)
    {
        var error = answer["error"];
        var isError =
            answer["type"].Text == "error" && error["type"].Text is not null && error["message"].Text is not null;
        return isError ? StatusOf(error) : null;
    }

    /// <summary>
    /// Returns the status of an error of Google's services (https://cloud.google.com/apis/design/errors); null for
    /// another value. Most of them do not say which service it is of.
    /// </summary>
    public static int? StatusOfGoogle(JsonValue answer)
    {
        var error = answer["error"];
        var isError = error["message"].Text is not null && error["status"].Text is not null;
        return isError && error["code"].WholeNumber is { } code and >= BadRequest and <= 599 ? (int)code : null;
    }

    private static int StatusOf(JsonValue error) =>
        StatusOf(error["code"].Text) ?? StatusOf(error["type"].Text) ?? BadRequest;

    private static int? StatusOf(string? name) =>
        name switch
        {
            "authentication_error" or "invalid_api_key" => 401,
            "billing_error" => 402,
            "permission_error" => 403,
            "not_found_error" or "model_not_found" => 404,
            "request_too_large" => 413,
            "rate_limit_error" or "rate_limit_exceeded" or "insufficient_quota" => 429,
            "api_error" or "server_error" => 500,
            "overloaded_error" => 529,
            _ => null,
        };
}
