using System.Net;
using System.Net.Sockets;
using OpenAICassette.Http;

namespace OpenAICassette.Tests;

public class HostTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:1")]
    [InlineData("localhost.")]
    [InlineData("api.localhost:8080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3:65535")]
    [InlineData("127.0.0.1:")]
    [InlineData("[::1]")]
    [InlineData("[::1]:8080")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_loopback_server_answers_to_its_own_names_at_whatever_port(string host) =>
        Assert.Equal(200, await StatusAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));

    [Theory]
    [InlineData("example.org")]
    [InlineData("localhost.example.org")]
    [InlineData("notlocalhost")]
    [InlineData(".localhost.a")]
    [InlineData("127.0.0.1.example.org")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("128.0.0.1")]
    [InlineData("127.0.0.256")]
    [InlineData("10.0.0.1:80")]
    [InlineData("[::]")]
    [InlineData("[::2]")]
    [InlineData("[::1.2]")]
    public async Task A_loopback_server_refuses_any_other_name(string host)
    {
        Assert.Equal(421, await StatusAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        Assert.Equal(421, await StatusAsync($"GET http://{host}/ HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        Assert.Equal(421, await StatusAsync($"GET / HTTP/1.0\r\nHost: {host}\r\n\r\n"));
    }

    [Fact]
    public async Task A_server_for_other_machines_answers_to_any_name() =>
        Assert.Equal(
            200,
            await StatusAsync(
                "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
                new HttpServerOptions { Address = IPAddress.Any }
            )
        );

    [IPv6Fact]
    public async Task A_server_on_an_IPv6_address_says_where_it_is()
    {
        await using var server = new TestServer(options: new HttpServerOptions { Address = IPAddress.IPv6Loopback });
        Assert.Equal($"http://[::1]:{server.Server.EndPoint.Port}/", server.Server.Uri.ToString());
        using var client = new HttpClient();
        Assert.Equal("GET /a", await client.GetStringAsync(new Uri(server.Server.Uri, "a")));
    }

    [Fact]
    public Task A_server_on_all_addresses_is_reached_by_its_URL_and_at_127_0_0_1() => AssertReachedAsync(IPAddress.Any);

    [IPv6Fact]
    public Task A_server_on_all_addresses_of_both_kinds_is_reached_by_its_URL_and_at_127_0_0_1() =>
        AssertReachedAsync(IPAddress.IPv6Any);

    [Fact]
    public async Task A_port_that_is_taken_is_told_at_the_start()
    {
        await using var server = new TestServer();
        await using var second = new HttpServer(
            new HttpServerOptions { Port = server.Server.EndPoint.Port },
            server.Handler
        );
        Assert.Equal(SocketError.AddressAlreadyInUse, Assert.Throws<SocketException>(second.Start).SocketErrorCode);
    }

    private static async Task AssertReachedAsync(IPAddress address)
    {
        await using var server = new TestServer(options: new HttpServerOptions { Address = address });
        using var client = new HttpClient();
        Assert.Equal("GET /a", await client.GetStringAsync(new Uri(server.Server.Uri, "a")));
        Assert.Equal(
            "GET /a",
            await client.GetStringAsync(new Uri($"http://127.0.0.1:{server.Server.EndPoint.Port}/a"))
        );
    }

    private static async Task<int> StatusAsync(string request, HttpServerOptions? options = null)
    {
        await using var server = new TestServer(options: options);
        using var client = await RawClient.ConnectAsync(
            new IPEndPoint(IPAddress.Loopback, server.Server.EndPoint.Port)
        );
        await client.SendAsync(request);
        return (await client.ReadAnswerAsync()).Status;
    }
}
