using System.Net;
using System.Text;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class RequestCostTests
{
    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("localhost:8080")]
    [InlineData("[::1]:8080")]
    public void Reading_a_request_like_the_one_before_takes_no_memory(string host)
    {
        var bytes = Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions?a=b HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"
        );
        var head = new RequestHead(1000);
        var own = new OwnHost(IPAddress.Loopback);
        void Read()
        {
            Assert.True(head.Read(bytes));
            head.Headers.Bind(bytes);
            RequestFraming.Of(head, 1000);
            own.Check(head, bytes);
            head.Reset();
        }

        Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Read();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500);
    }

    [Fact]
    public void A_name_that_clients_commonly_send_is_one_string_for_all_requests()
    {
        var names = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var bytes =
                "GET / HTTP/1.1\r\nhost: localhost\r\nAuthorization: a\r\nx-stainless-lang: js\r\n\r\n"u8.ToArray();
            var head = new RequestHead(1000);
            Assert.True(head.Read(bytes));
            head.Headers.Bind(bytes);
            names.AddRange(head.Headers.Select(header => header.Key));
        }

        Assert.Equal(["host", "Authorization", "x-stainless-lang"], names[..3]);
        Assert.All(names[..3].Zip(names[3..]), pair => Assert.Same(pair.First, pair.Second));
    }
}
