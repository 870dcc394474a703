namespace OpenAICassette.Tests;

/// <summary>What is told of the exchanges of other recorders: status, bodies and lengths.</summary>
public class ExchangeHealthTests
{
    private const string Failure = """{"error":{"message":"no","type":"invalid_request_error"}}""";

    [Fact]
    public void An_exchange_that_is_as_it_should_be_is_not_mentioned() =>
        Assert.Empty(BuiltExchange.Check(new BuiltExchange()));

    [Theory]
    [InlineData(200, Failure, HealthId.StatusBody, "the status is 200, but the body is an error")]
    [InlineData(
        200,
        """{"type":"error","error":{"type":"x"}}""",
        HealthId.StatusBody,
        "the status is 200, but the body is an error"
    )]
    [InlineData(200, "", HealthId.BodyMissing, "the status is 200, but the body is empty")]
    [InlineData(500, "", HealthId.BodyMissing, "the status is 500, but the body that explains it is empty")]
    [InlineData(
        200,
        "{\"choices\":[",
        HealthId.BodyBroken,
        "the body of the response is not JSON, which its Content-Type says"
    )]
    [InlineData(
        204,
        "{}",
        HealthId.StatusBody,
        "a response to POST with status 204 has no body, but the recording has one"
    )]
    public void A_status_that_disagrees_with_the_body_is_told(int status, string answer, string id, string message)
    {
        var finding = Assert.Single(BuiltExchange.Check(new BuiltExchange { Status = status, Answer = answer }));
        Assert.Equal((id, message), (finding.Id, finding.Message));
        Assert.Equal(status == 500 ? HealthSeverity.Information : HealthSeverity.Warning, finding.Severity);
    }

    [Fact]
    public void An_answer_under_the_status_of_an_error_is_told()
    {
        var finding = Assert.Single(BuiltExchange.Check(new BuiltExchange { Status = 429 }));
        Assert.Equal("the status is 429, but the body is an answer", finding.Message);
    }

    [Theory]
    [InlineData(429, Failure)]
    [InlineData(404, "{\"detail\":\"Not Found\"}")]
    [InlineData(401, "{\"message\":\"Unauthorized\",\"request_id\":\"r\"}")]
    [InlineData(200, """{"id":"r","object":"response","status":"completed","error":null,"output":[]}""")]
    [InlineData(200, """{"id":"r","object":"response","status":"failed","error":{"message":"no"},"output":[]}""")]
    public void A_status_that_agrees_with_the_body_is_not_mentioned(int status, string answer) =>
        Assert.Empty(BuiltExchange.Check(new BuiltExchange { Status = status, Answer = answer }));

    [Fact]
    public void A_call_of_no_model_may_answer_an_error_under_any_status() =>
        Assert.Empty(
            BuiltExchange.Check(
                new BuiltExchange { Url = "https://example.com/mcp", Answer = """{"id":1,"error":{"code":-1}}""" },
                new BuiltExchange { Url = "https://example.com/ping", Answer = "" }
            )
        );

    [Theory]
    [InlineData(5)]
    [InlineData(5000)]
    public void A_body_of_another_length_than_its_header_says_is_told(int length)
    {
        var finding = Assert.Single(Length(new BuiltExchange().Answer, length));
        Assert.Equal((HealthId.ContentLength, HealthSeverity.Information), (finding.Id, finding.Severity));
        Assert.Equal(
            FormattableString.Invariant($"the Content-Length of the response is {length}, but the body has 95 bytes"),
            finding.Message
        );
    }

    [Theory]
    [InlineData("{\n  \"a\": [1, 2],\n  \"b\": \"x\"\n}", 19)]
    [InlineData("{\n  \"a\": [1, 2],\n  \"b\": \"x\"\n}", 23)]
    [InlineData("{\"a\":\"\u00e9\"}", 14)]
    [InlineData("{\"a\":\"\U0001F600\"}", 20)]
    [InlineData("{\"a\":1}\n", 7)]
    public void A_body_that_was_only_laid_out_anew_is_not_mentioned(string body, int length) =>
        Assert.Empty(Length(body, length));

    [Theory]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("Transfer-Encoding", "chunked")]
    public void The_length_of_a_body_that_was_decoded_is_not_compared(string name, string value) =>
        Assert.Empty(Length(new BuiltExchange().Answer, 5, (name, value)));

    [Fact]
    public void The_length_in_an_answer_without_a_body_is_not_compared() =>
        Assert.Empty(
            BuiltExchange.Check(
                new BuiltExchange
                {
                    Method = "HEAD",
                    Answer = "",
                    More = [("Content-Length", "17")],
                }
            )
        );

    private static IReadOnlyList<HealthFinding> Length(
        string body,
        int length,
        params (string Name, string Value)[] more
    ) =>
        BuiltExchange.Check(
            new BuiltExchange
            {
                Url = "https://example.com/",
                Answer = body,
                More =
                [
                    ("Content-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    .. more,
                ],
            }
        );
}
