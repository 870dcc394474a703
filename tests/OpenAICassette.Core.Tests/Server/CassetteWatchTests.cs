using System.Text;
using OpenAICassette.Capture;

namespace OpenAICassette.Tests;

public sealed class CassetteWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TestServer.Long,
    };

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_cassette_that_is_added_while_serving_answers()
    {
        Write("a.json", 1);
        await using var server = Start();
        Assert.Equal(200, await AskAsync(server, 1));
        Assert.Equal(404, await AskAsync(server, 2));
        Write("below [x]/b.json", 2);
        Assert.Equal(200, await AskAsync(server, 2));
        Assert.Equal(404, await AskAsync(server, 3));
        Write("below [x]/c.json", 3);
        Assert.Equal(200, await AskAsync(server, 3));

        // What was played before still counts as played.
        Assert.Empty(server.Unused);
        Assert.Equal(3, server.InteractionCount);
    }

    [Fact]
    public async Task One_that_is_replaced_is_read_again_and_one_that_is_removed_answers_no_more()
    {
        Write("a.json", 1);
        Write("b.json", 2);
        await using var server = Start();
        Write("a.json", 30);
        File.Delete(_folder["b.json"]);
        Assert.Equal(200, await AskAsync(server, 30));
        Assert.Equal(404, await AskAsync(server, 1));
        Assert.Equal(404, await AskAsync(server, 2));
        Assert.Equal(1, server.InteractionCount);
    }

    [Fact]
    public async Task One_that_is_replaced_before_it_was_read_is_read_again()
    {
        Write("a.json", 1);
        await using var server = Start();
        File.Delete(_folder["a.json"]);
        _folder.Add("a.json", Encoding.UTF8.GetBytes(Recording(1) + "\n\n"));
        Assert.Equal(200, await AskAsync(server, 1));
        Assert.Equal(RequestOutcome.Played, Assert.Single(server.Requests).Outcome);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told()
    {
        Write("a.json", 1);
        var problems = new List<CassetteLoad>();
        await using var server = Start(problems.Add);
        _folder.Add("bad.json", """{"request": {"method": "POST", "url": "http://x/v1/chat/completions" """u8);
        Assert.Equal(404, await AskAsync(server, 2));
        Assert.Equal("bad.json", Assert.Single(problems).File.RelativePath);
        Assert.Equal(404, await AskAsync(server, 2));
        Assert.Single(problems);
    }

    private CassetteServer Start(Action<CassetteLoad>? problem = null) =>
        CassetteSession
            .Start(new SessionOptions { Paths = [_folder.FullName], Problem = problem ?? (_ => { }) }, default)
            .Server;

    private void Write(string name, int n) => _folder.Add(name, Encoding.UTF8.GetBytes(Recording(n)));

    private static string Recording(int n) =>
        $$$"""{"request":{"method":"POST","url":"https://api.example.com/v1/chat/completions","headers":{},"body":{"n":{{{n}}}}},"response":{"body":{"id":"1"},"is_streaming":false}}""";

    private async Task<int> AskAsync(CassetteServer server, int n)
    {
        using var body = new StringContent($$"""{"n":{{n}}}""", Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(server.Uri, "v1/chat/completions"), body);
        return (int)answer.StatusCode;
    }
}
