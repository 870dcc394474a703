using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

/// <summary>
/// WHATWG HTML, section 9.2: line ends, fields, comments; and what a client would drop but a cassette keeps.
/// </summary>
public class ServerSentEventTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\n\n")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n")]
    [InlineData("data: a\r\rdata: b\r\r")]
    [InlineData("\n\n\ndata: a\n\n\n\ndata: b\n\n")]
    [InlineData("data: a\n\ndata: b")]
    public void An_event_ends_with_a_blank_line_whatever_the_line_ends_are(string text) =>
        Assert.Equal(["a", "b"], Read(text).Select(read => read.Data));

    [Theory]
    [InlineData("data: a\ndata: b", "a\nb")]
    [InlineData("data:a", "a")]
    [InlineData("data:  a", " a")]
    [InlineData("data:", "")]
    [InlineData(": comment\nid: 1\ndata: a\nretry: 5", "a")]
    [InlineData("event: ping", null)]
    [InlineData("database: a", null)]
    [InlineData("{\"data: \": 1}", null)]
    public void The_data_is_what_the_data_fields_say(string text, string? data) =>
        Assert.Equal(data, Assert.Single(Read(text)).Data);

    [Theory]
    [InlineData("event: first\nevent: last\ndata: a", "last")]
    [InlineData("data: a", null)]
    public void The_last_name_counts(string text, string? name) => Assert.Equal(name, Assert.Single(Read(text)).Name);

    [Fact]
    public void Every_line_is_kept_and_the_offset_is_that_after_the_blank_line()
    {
        var events = Read(": one\r\ndata: é\r\n\r\nid: 2\n\n");
        Assert.Equal([": one", "data: é"], events[0].Lines);
        Assert.Equal(["id: 2"], events[1].Lines);
        Assert.Equal([19, 26], events.Select(read => read.End));
    }

    [Theory]
    [InlineData("data: a", 6)]
    [InlineData("data:a", 5)]
    [InlineData("data:", 5)]
    [InlineData("event: a", 0)]
    [InlineData("", 0)]
    public void A_data_line_says_where_its_value_starts(string line, int start) =>
        Assert.Equal(start, ServerSentEvent.DataStart(line));

    private static List<ServerSentEvent> Read(string text) =>
        ServerSentEventReader.ReadAll(Encoding.UTF8.GetBytes(text));
}
