namespace OpenAICassette.Tests;

/// <summary>
/// Of a repeated member the last counts, as for the recorder; what lists show must agree with the views.
/// </summary>
public class RepeatedMemberTests
{
    [Fact]
    public void Of_a_repeated_text_the_last_counts()
    {
        var cassette = BuiltCassette.Open(
            """{"test_id":"a","test_id":"b","request":{"url":"x","url":"y"},"response":{"body":1,"body":2}}"""
        );
        Assert.Equal("b", cassette.TestId);
        Assert.Equal("y", cassette.Interactions[0].Url);
        Assert.Equal(2, cassette.Interactions[0].Response.Body.Json.WholeNumber);
    }

    [Fact]
    public void Of_a_repeated_request_nothing_of_the_first_remains()
    {
        var cassette = BuiltCassette.Open(
            """
            {"request":{"method":"POST","url":"x","endpoint":"/old","model":"m","test_id":"t"},
             "request":{"url":"http://h/new"},"response":{"body":1}}
            """
        );
        var interaction = cassette.Interactions[0];
        Assert.Equal("http://h/new", interaction.Envelope.Request["url"].Text);
        Assert.Equal("http://h/new", interaction.Url);
        Assert.Equal("/new", interaction.Endpoint);
        Assert.Null(interaction.Method);
        Assert.Null(interaction.Model);
        Assert.Null(interaction.TestId);
    }

    [Fact]
    public void Of_a_repeated_body_nothing_of_the_first_remains()
    {
        var cassette = BuiltCassette.Open(
            """{"request":{"url":"x","body":{"model":"old"},"body":{"input":1}},"response":{"body":1}}"""
        );
        Assert.False(cassette.Interactions[0].Request.Body.Json["model"].Exists);
        Assert.Null(cassette.Model);
    }

    [Fact]
    public void Of_a_repeated_response_nothing_of_the_first_remains()
    {
        var cassette = BuiltCassette.Open(
            """{"request":{"url":"x"},"response":{"body":[1,2],"is_streaming":true},"response":{"body":{}}}"""
        );
        Assert.False(cassette.Interactions[0].Response.IsStreaming);
        Assert.False(cassette.Interactions[0].IsStreaming);
        Assert.Equal(0, cassette.Chunks);
    }

    [Theory]
    [InlineData("{}", 1)]
    [InlineData("null", 0)]
    [InlineData("[]", 0)]
    [InlineData("[{},{}]", 2)]
    [InlineData("""["data: 1","data: 2","",":","","",{},"data: 3"]""", 4)]
    public void A_stream_lists_as_many_chunks_as_it_has(string body, int chunks)
    {
        var cassette = BuiltCassette.Open(
            $$$"""{"request":{"url":"x"},"response":{"body":{{{body}}},"is_streaming":true}}"""
        );
        Assert.Equal(chunks, cassette.Interactions[0].Chunks.Count);
        Assert.Equal(chunks, cassette.Chunks);
    }
}
