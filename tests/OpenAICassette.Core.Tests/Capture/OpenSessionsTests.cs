namespace OpenAICassette.Tests;

[Collection(nameof(CaptureCollection))]
public sealed class OpenSessionsTests : IDisposable
{
    private static readonly CassetteSessionOptions s_replay = new() { Mode = RecordMode.None };
    private readonly TempFolder _folder = new();

    public OpenSessionsTests()
    {
        _folder.AddChat("a/hello.json", "from a");
        _folder.AddChat("b/hello.json", "from b");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parallel_flows_have_cassettes_of_their_own()
    {
        using var client = new HttpClient();
        for (var number = 0; number < 8; number++)
        {
            _folder.AddChat($"{number}/hello.json", $"from {number}");
        }

        var all = Enumerable
            .Range(0, 8)
            .Select(async number =>
            {
                await Task.Yield();
                using var session = CassetteSession.Start(_folder[$"{number}"], s_replay);
                var answers = await Task.WhenAll(
                    Enumerable.Range(0, 4).Select(_ => Task.Run(() => CapturedClient.AskAsync(client)))
                );
                Assert.All(answers, answer => Assert.Contains($"from {number}", answer, StringComparison.Ordinal));
                Assert.Equal(4, session.PlayCount);
            });
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task The_inner_cassette_answers_until_it_ends()
    {
        using var outer = CassetteSession.Start(_folder["a"], s_replay);
        using (CassetteSession.Start(_folder["b"], s_replay))
        {
            Assert.Contains("from b", await CapturedClient.AskAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("from a", await CapturedClient.AskAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_cassette_answers_code_of_no_flow()
    {
        var ask = Detached();
        using var session = CassetteSession.Start(_folder["a"], s_replay);
        Assert.Contains("from a", await ask(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_of_no_flow_fails_where_two_cassettes_could_be_meant()
    {
        var ask = Detached();
        using var one = CassetteSession.Start(_folder["a"], s_replay);
        using var two = CassetteSession.Start(_folder["b"], s_replay);
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(ask);
        Assert.Contains(one.Path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(two.Path, problem.Message, StringComparison.Ordinal);
        Assert.Contains("https://service.example ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_outlives_its_cassette_is_not_answered_by_another_one()
    {
        var ended = new TaskCompletionSource();
        Task<string> late;
        string first;
        using (var one = CassetteSession.Start(_folder["a"], s_replay))
        {
            first = one.Path;
            late = Task.Run(async () =>
            {
                await ended.Task;
                return await CapturedClient.AskAsync();
            });
        }

        using var two = CassetteSession.Start(_folder["b"], s_replay);
        ended.SetResult();
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => late);
        Assert.Contains(
            $"started with the cassette {first}, which has ended",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(two.Requests);
    }

    [Fact]
    public async Task What_an_asynchronous_method_starts_is_found_as_the_only_one()
    {
        using var session = await StartAsync(_folder["a"]);
        Assert.Contains("from a", await CapturedClient.AskAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Excluded_hosts_and_servers_on_this_machine_without_an_API_are_left_alone()
    {
        await using var stub = new UpstreamStub((exchange, _) => exchange.SendAsync(UpstreamStub.JsonAnswer("{}")));
        var chat = new Uri(stub.Uri, "v1/chat/completions");
        var options = s_replay with { Exclude = [$"127.0.0.1:{stub.Uri.Port}"] };
        using (CassetteSession.Start(_folder["a"], options))
        {
            Assert.Equal("{}", await CapturedClient.AskAsync(service: chat));
        }

        using var session = CassetteSession.Start(_folder["a"], s_replay);
        Assert.Equal("{}", await CapturedClient.AskAsync(service: new Uri(stub.Uri, "orders/1")));
        Assert.Contains("from a", await CapturedClient.AskAsync(service: chat), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cassette_server_answers_its_own_clients()
    {
        await using var server = CassetteServer.Start(CassetteStore.Find(_folder["b"], recurse: true));
        using var session = CassetteSession.Start(_folder["a"], s_replay);
        var answer = await CapturedClient.AskAsync(service: new Uri(server.Uri, "v1/chat/completions"));
        Assert.Contains("from b", answer, StringComparison.Ordinal);
        Assert.Empty(session.Requests);
    }

    private static async Task<CassetteSession> StartAsync(string path)
    {
        await Task.Yield();
        return CassetteSession.Start(path, s_replay);
    }

    /// <summary>A question that is asked as by a thread that runs since before the cassettes.</summary>
    private static Func<Task<string>> Detached()
    {
        var context = ExecutionContext.Capture()!;
        return () =>
        {
            Task<string>? asked = null;
            ExecutionContext.Run(context, _ => asked = CapturedClient.AskAsync(), null);
            return asked!;
        };
    }
}
