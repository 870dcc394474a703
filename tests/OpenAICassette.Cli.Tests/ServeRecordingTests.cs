using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenAICassette.Tests;

/// <summary>A server that records and cannot says so at once, and with its exit code.</summary>
public sealed class ServeRecordingTests : IDisposable
{
    private static readonly (string Body, string Type)[] s_notJson =
    [
        (
            "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--b--\r\n",
            "multipart/form-data; boundary=b"
        ),
        ("model=m&n=1", "application/x-www-form-urlencoded"),
        ("\u0001\u0002\u0003", "application/octet-stream"),
        ("{\"model\":", "application/json"),
    ];

    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly HttpListener _upstream = new();
    private readonly Uri _uri;

    public ServeRecordingTests()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        _uri = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        _upstream.Prefixes.Add(_uri.ToString());
        _upstream.Start();
        _ = AnswerAsync();
    }

    public void Dispose()
    {
        _upstream.Close();
        _client.Dispose();
        _folder.Dispose();
    }

    [UnixFact]
    public async Task A_folder_that_cannot_be_written_to_is_told_and_the_exit_code_says_so()
    {
        var file = _folder.Add("file", "no folder"u8);
        using var server = await StartAsync(Path.Join(file, "recordings"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, "{\"model\":\"m\"}"));
        await ToldAsync(server, "cassette: POST /v1/chat/completions: ", "not written");
        Assert.Equal(1, await server.TerminateAsync());
    }

    [UnixFact]
    public async Task A_body_that_is_not_JSON_is_recorded_and_the_exit_code_is_zero()
    {
        foreach (var (body, type) in s_notJson)
        {
            using var server = await StartAsync(_folder.FullName);
            Assert.Equal(HttpStatusCode.OK, await AskAsync(server, body, type));
            Assert.Equal(0, await server.TerminateAsync());
            Assert.StartsWith("cassette: recorded POST ", server.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(s_notJson.Length, _folder.Files.Count);
    }

    [UnixFact]
    public async Task Where_all_was_recorded_the_exit_code_is_zero()
    {
        using var server = await StartAsync(_folder.FullName);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, "{\"model\":\"m\"}"));
        var file = Assert.Single(_folder.Files);
        await ToldAsync(server, $"cassette: recorded POST ", $"/v1/chat/completions 200 ({file})");
        Assert.Equal(0, await server.TerminateAsync());
        Assert.Single(server.Errors.Trim().Split('\n'));
    }

    [UnixFact]
    public Task Two_processes_that_record_into_one_archive_lose_nothing() => LoseNothingAsync("har", ".har");

    [UnixFact]
    public Task Two_processes_that_record_into_one_file_in_YAML_lose_nothing()
    {
        YamlSupport.Enable();
        return LoseNothingAsync("vcrpy", ".yaml");
    }

    private async Task LoseNothingAsync(string format, string extension)
    {
        const int count = 60;
        var file = _folder[$"all [1]{extension}"];
        using var one = await StartAsync(file, "--format", format);
        using var other = await StartAsync(file, "--format", format);
        var asked = Enumerable
            .Range(0, count)
            .Select(n => AskAsync(n % 2 == 0 ? one : other, $$"""{"model":"m","n":{{n}}}"""));
        Assert.All(await Task.WhenAll(asked), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal((0, 0), (await one.TerminateAsync(), await other.TerminateAsync()));
        var recorded = CassetteStore
            .Open(file)
            .Interactions.Select(each => (int)each.Request.Body.Json["n"].WholeNumber!);
        Assert.Equal(Enumerable.Range(0, count), recorded.Order());
        Assert.Equal([Path.GetFileName(file)], _folder.Files);
    }

    private Task<ServeProcess> StartAsync(string folder, params string[] options) =>
        ServeProcess.StartAsync([folder, "--mode", "NewEpisodes", "--upstream", $"{_uri}v1", .. options]);

    private static async Task ToldAsync(ServeProcess server, params string[] texts) =>
        await ServeProcess.UntilAsync(
            () => texts.All(text => server.Errors.Contains(text, StringComparison.Ordinal)),
            server.Errors
        );

    private async Task<HttpStatusCode> AskAsync(ServeProcess server, string body, string type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await _client.PostAsync(new Uri(server.Uri, "/v1/chat/completions"), content);
        return answer.StatusCode;
    }

    private async Task AnswerAsync()
    {
        while (_upstream.IsListening)
        {
            try
            {
                var context = await _upstream.GetContextAsync();
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(
                    "{\"object\":\"chat.completion\",\"choices\":[]}"u8.ToArray()
                );
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
