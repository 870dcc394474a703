namespace OpenAICassette.Tests;

/// <summary>
/// The order in which the recorder writes the members of each shape of recording, from whatever order they are in.
/// </summary>
public class EnvelopeOrderTests
{
    [Theory]
    [InlineData("test_id method url headers body endpoint model provider_metadata")]
    [InlineData("test_id url method payload")]
    [InlineData("test_id provider tool_name kwargs")]
    [InlineData("test_id provider api file_id")]
    public void The_members_of_a_request_come_in_the_order_of_its_shape(string names)
    {
        var members = names.Split(' ');
        var expected = Of(
            members,
            ["status", "body", "is_streaming", "is_exception", "exception_data", "exception_message"],
            isReversed: false
        );
        var reversed = Of(
            members,
            ["status", "body", "is_streaming", "is_exception", "exception_data", "exception_message"],
            isReversed: true
        );
        var written = CassetteStore.Convert(BuiltCassette.Open(reversed), "LlamaStack").Read();
        Assert.Equal(expected, JsonComparison.Minified(written.Span));
    }

    private static string Of(string[] request, string[] response, bool isReversed)
    {
        var chunk = Object(["__type__", "__data__"], _ => "\"t\"", isReversed);
        var error = Object(
            ["category", "provider", "type", "message", "status_code", "body"],
            name => name == "body" ? """{"z":1,"a":2}""" : "\"e\"",
            isReversed
        );
        return Object(
            ["test_id", "request", "response", "id_normalization_mapping"],
            name =>
                name switch
                {
                    "request" => Object(
                        request,
                        member => member is "body" or "payload" or "kwargs" ? """{"z":1,"a":2}""" : "\"r\"",
                        isReversed
                    ),
                    "response" => Object(
                        response,
                        member =>
                            member switch
                            {
                                "body" => $"[{chunk},{chunk}]",
                                "exception_data" => error,
                                _ => "true",
                            },
                        isReversed
                    ),
                    "test_id" => "null",
                    _ => "{}",
                },
            isReversed
        );
    }

    private static string Object(IEnumerable<string> names, Func<string, string> value, bool isReversed)
    {
        var members = names.Select(name => $"\"{name}\":{value(name)}");
        return $"{{{string.Join(',', isReversed ? members.Reverse() : members)}}}";
    }
}
