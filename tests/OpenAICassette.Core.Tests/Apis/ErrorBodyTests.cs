namespace OpenAICassette.Tests;

/// <summary>The bodies of error responses, each as its service writes it.</summary>
public class ErrorBodyTests
{
    [Theory]
    [InlineData(
        """{"error":{"message":"no","type":"invalid_request_error","code":"x"}}""",
        "invalid_request_error",
        "no"
    )]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"no"}}""", "overloaded_error", "no")]
    [InlineData("""{"error":{"code":404,"message":"no","status":"NOT_FOUND"}}""", "NOT_FOUND", "no")]
    [InlineData("""{"error":"model not found"}""", null, "model not found")]
    [InlineData("""{"id":"1","message":"no"}""", null, "no")]
    [InlineData("""{"__type":"ValidationException","message":"no"}""", "ValidationException", "no")]
    [InlineData("""{}""", null, "the service answered with status 404")]
    public void An_error_has_its_type_and_message(string body, string? type, string message)
    {
        var cassette = BuiltMatcher.Cassette(
            "{}",
            response: $$"""{"status":404,"body":{{body}},"is_streaming":false}"""
        );
        var error = Assert.Single(cassette.Interactions).Response.Error!;
        Assert.Equal((404, type, message), (error.Status, error.Type, error.Message));
    }
}
