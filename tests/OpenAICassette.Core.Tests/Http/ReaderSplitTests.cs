using System.Text;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

/// <summary>
/// The readers of head and body, for which a socket may put packets together again, with every way that bytes can be
/// cut.
/// </summary>
public class ReaderSplitTests
{
    private const string Head = "POST http://localhost:1/a?b HTTP/1.1\r\nHost: localhost\r\nX:  y \r\nEmpty:\r\n\r\n";
    private const string Chunks = "3\r\nabc\r\n00A;x=\"y\"\r\n0123456789\r\n1\r\nz\r\n0\r\nX: trailer\r\nY:\r\n\r\n";

    [Fact]
    public void A_head_that_is_cut_anywhere_is_the_same_head()
    {
        var bytes = Encoding.ASCII.GetBytes(Head + "after");
        for (var first = 0; first < Head.Length; first++)
        {
            for (var second = first; second < Head.Length; second++)
            {
                var head = new RequestHead(1000);
                Assert.False(head.Read(bytes.AsSpan(0, first)));
                Assert.False(head.Read(bytes.AsSpan(0, second)));
                Assert.True(head.Read(bytes));
                head.Headers.Bind(bytes);
                Assert.Equal(
                    ("POST", "/a", "b", Head.Length),
                    (head.Method, head.Target.Path, head.Target.Query, head.Length)
                );
                Assert.Equal([new("Host", "localhost"), new("X", "y"), new("Empty", "")], head.Headers);
            }
        }
    }

    [Fact]
    public void A_chunked_body_that_is_cut_anywhere_is_the_same_body()
    {
        for (var first = 0; first < Chunks.Length; first++)
        {
            for (var second = first; second < Chunks.Length; second++)
            {
                AssertBody("head" + Chunks + "after", [4 + first, 4 + second]);
            }
        }
    }

    [Fact]
    public void A_chunked_body_that_comes_byte_by_byte_is_the_same_body() =>
        AssertBody("head" + Chunks + "after", [.. Enumerable.Range(4, Chunks.Length)]);

    private static void AssertBody(string text, IReadOnlyList<int> cuts)
    {
        var received = new ReceiveBuffer(new BodyShare(new BodyBudget(long.MaxValue)));
        var chunks = new ChunkedBody(new HttpServerOptions());
        var at = 0;
        void Receive(int to)
        {
            var bytes = Encoding.ASCII.GetBytes(text[at..to]);
            bytes.CopyTo(received.Room());
            received.Add(bytes.Length);
            at = to;
        }

        chunks.Begin(4, long.MaxValue);
        foreach (var cut in cuts)
        {
            Receive(cut);
            Assert.False(chunks.Read(received));
        }

        Receive(text.Length);
        Assert.True(chunks.Read(received));
        Assert.Equal("abc0123456789z".Length, chunks.Length);
        Assert.Equal("headabc0123456789zafter", Encoding.ASCII.GetString(received.Span));
    }
}
