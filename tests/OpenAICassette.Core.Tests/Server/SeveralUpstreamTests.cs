using System.Text.Json.Nodes;
using static OpenAICassette.Tests.RecordingSession;
using static OpenAICassette.Tests.UpstreamStub;

namespace OpenAICassette.Tests;

/// <summary>One server records from several services.</summary>
public class SeveralUpstreamTests
{
    private const string Message = """{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"c"}""";
    private const string Token = "t0";

    [Fact]
    public async Task A_request_that_names_no_host_goes_to_the_host_of_its_API_or_to_the_default()
    {
        using var folder = new TempFolder();
        await using var chats = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var messages = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Message)));
        await using var session = Session(chats.Uri, folder, ("api.anthropic.com", messages.Uri));
        Assert.Equal((200, Message), await session.AskAsync(Hello, "/v1/messages"));
        Assert.Equal((200, Chat), await session.AskAsync());
        Assert.StartsWith("POST /v1/messages", Assert.Single(messages.Asked), StringComparison.Ordinal);
        Assert.StartsWith("POST /v1/chat/completions", Assert.Single(chats.Asked), StringComparison.Ordinal);
        Assert.Equal([chats.Uri.ToString(), "https://api.anthropic.com/"], RecordedServices(session));
    }

    [Fact]
    public async Task A_host_that_a_request_names_may_have_a_stand_in_and_is_what_is_recorded()
    {
        using var folder = new TempFolder();
        await using var one = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var two = new UpstreamStub((exchange, _) => exchange.SendAsync(JsonAnswer(Chat)));
        await using var session = Session(
            one.Uri,
            folder,
            ("one.example", new Uri(one.Uri, "gateway/")),
            ("two.example:8443", two.Uri)
        );
        await session.AskAsync(headers: Service("https://one.example"));
        await session.AskAsync(headers: Service("https://two.example:8443"));
        Assert.StartsWith("POST /gateway/v1/chat/completions", Assert.Single(one.Asked), StringComparison.Ordinal);
        Assert.StartsWith("POST /v1/chat/completions", Assert.Single(two.Asked), StringComparison.Ordinal);
        Assert.Equal(["https://one.example/", "https://two.example:8443/"], RecordedServices(session));
        Assert.Equal(["one.example", "two.example:8443"], session.Server.Requests.Select(request => request.Host!));
    }

    [Fact]
    public async Task Hosts_that_are_asked_the_same_each_give_their_own_answer_and_their_own_models()
    {
        using var folder = new TempFolder();
        await using var one = Provider("one");
        await using var two = Provider("two");
        await using (var recorder = Session(one.Uri, folder, ("one.example", one.Uri), ("two.example", two.Uri)))
        {
            foreach (var host in (string[])["one", "two"])
            {
                await recorder.AskAsync(headers: Service($"https://{host}.example"));
                await ModelsAsync(recorder.Server, host);
            }

            Assert.Equal(4, folder.Files.Count);
        }

        await using var server = CassetteServer.Start(
            CassetteStore.Find(folder.FullName, recurse: true),
            new CassetteServerOptions { UpstreamToken = Token }
        );
        foreach (var host in (string[])["two", "one", "two"])
        {
            Assert.Equal(host, await ModelsAsync(server, host));
            Assert.Equal(host, (await AskAsync(server, host))["model"]!.ToString());
        }
    }

    private static IEnumerable<string> RecordedServices(RecordingSession session) =>
        session
            .Cassettes.Select(cassette => new Uri(new Uri(cassette.Interactions[0].Url!), "/").ToString())
            .Order(StringComparer.Ordinal);

    private static UpstreamStub Provider(string name) =>
        new(
            (exchange, _) =>
                exchange.SendAsync(
                    JsonAnswer(
                        exchange.Method == "GET"
                            ? $$"""{"object":"list","data":[{"id":"{{name}}","object":"model","created":1,"owned_by":"o"}]}"""
                            : Chat.Replace("\"m\"", $"\"{name}\"", StringComparison.Ordinal)
                    )
                )
        );

    private static async Task<string> ModelsAsync(CassetteServer server, string host)
    {
        using var client = Client(server, host);
        var list = JsonNode.Parse(await client.GetStringAsync(new Uri("/v1/models", UriKind.Relative)))!;
        return Assert.Single(list["data"]!.AsArray())!["id"]!.ToString();
    }

    private static async Task<JsonNode> AskAsync(CassetteServer server, string host)
    {
        using var client = Client(server, host);
        using var content = new StringContent(Hello);
        using var answer = await client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static HttpClient Client(CassetteServer server, string host)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Uri };
        var (name, value) = Service($"https://{host}.example");
        client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }

    private static (string Name, string Value) Service(string url) =>
        (CassetteServerOptions.UpstreamHeader, $"{Token} {url}");

    private static RecordingSession Session(
        Uri upstream,
        TempFolder folder,
        params (string Host, Uri Address)[] hosts
    ) => new(upstream, folder, token: Token, hosts: hosts.ToDictionary(host => host.Host, host => host.Address));
}
