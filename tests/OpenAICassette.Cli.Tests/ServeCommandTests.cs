using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace OpenAICassette.Tests;

public sealed class ServeCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [UnixFact]
    public async Task It_answers_until_it_is_asked_to_end_and_then_takes_its_ready_file_away()
    {
        var ready = _folder["run/ready [1].json"];
        using var server = await ServeProcess.StartAsync(Repository.Capitals, "--ready-file", ready);
        using (var told = JsonDocument.Parse(await File.ReadAllBytesAsync(ready)))
        {
            Assert.Equal(server.Uri.ToString(), told.RootElement.GetProperty("uri").GetString());
            Assert.Equal(server.Uri.Port, told.RootElement.GetProperty("port").GetInt32());
            Assert.True(ServeProcess.IsRunning(told.RootElement.GetProperty("pid").GetInt32()));
        }

        Assert.Equal(["run/ready [1].json"], _folder.Files);
        Assert.Contains(
            "gpt-4o",
            await _client.GetStringAsync(new Uri(server.Uri, "/v1/models")),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await server.TerminateAsync());
        Assert.Empty(_folder.Files);
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Uri));
    }

    [UnixFact]
    public async Task Detached_it_goes_on_and_still_answers_with_nobody_to_tell_of_misses()
    {
        var ready = _folder["ready.json"];
        using var command = await ServeProcess.StartAsync("--detach", "--ready-file", ready, "--", Repository.Capitals);
        var id = int.Parse(command.Rest, CultureInfo.InvariantCulture);
        try
        {
            Assert.Equal(0, await command.EndAsync());
            for (var i = 0; i < 3; i++)
            {
                using var missed = await AskAsync(command.Uri, "{}");
                Assert.Equal(HttpStatusCode.NotFound, missed.StatusCode);
            }
        }
        finally
        {
            ServeProcess.Terminate(id);
        }

        await ServeProcess.UntilAsync(
            () => !ServeProcess.IsRunning(id) && !File.Exists(ready),
            "the detached server did not end"
        );
    }

    [UnixFact]
    public async Task It_ends_with_its_parent()
    {
        var ready = _folder["ready.json"];
        using var parent = Process.Start("sleep", "600");
        var id = 0;
        try
        {
            using var command = await ServeProcess.StartAsync(
                Repository.Capitals,
                "--detach",
                "--ready-file",
                ready,
                "--parent-pid",
                $"{parent.Id}"
            );
            id = int.Parse(command.Rest, CultureInfo.InvariantCulture);
            Assert.True(ServeProcess.IsRunning(id));
        }
        finally
        {
            parent.Kill();
            await parent.WaitForExitAsync();
        }

        await ServeProcess.UntilAsync(
            () => !ServeProcess.IsRunning(id) && !File.Exists(ready),
            "the server outlived its parent"
        );
    }

    [UnixFact]
    public async Task A_parent_that_is_gone_already_ends_it_at_once()
    {
        using var parent = Process.Start("true");
        await parent.WaitForExitAsync();
        using var server = await ServeProcess.StartAsync(Repository.Capitals, "--parent-pid", $"{parent.Id}");
        Assert.Equal(0, await server.EndAsync());
    }

    [Fact]
    public async Task A_miss_is_one_line_on_standard_error()
    {
        using var server = await ServeProcess.StartAsync(Repository.Capitals);
        using var missed = await AskAsync(server.Uri, """{"model":"another"}""");
        Assert.Equal(HttpStatusCode.NotFound, missed.StatusCode);
        await ServeProcess.UntilAsync(
            () => server.Errors.Contains("model: recorded 'gpt-4o', got 'another'", StringComparison.Ordinal),
            server.Errors
        );
        Assert.StartsWith(
            "cassette: no recording matches POST /v1/chat/completions; nearest is capitals.json: model: ",
            server.Errors,
            StringComparison.Ordinal
        );
        Assert.Single(server.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Faults_are_injected_into_the_first_requests()
    {
        using var server = await ServeProcess.StartAsync(Repository.Capitals, "--fault", "503", "--fault", "429");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await _client.GetAsync(new Uri(server.Uri, "/v1/models"));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task Without_recordings_it_says_so_and_runs()
    {
        using var server = await ServeProcess.StartAsync(_folder.FullName);
        await ServeProcess.UntilAsync(
            () =>
                server.Errors.Contains(
                    "there are no recordings, so every request will be a miss",
                    StringComparison.Ordinal
                ),
            server.Errors
        );
    }

    [Theory]
    [InlineData("--port takes a number from 0 to 65535; got '70000'", "--port", "70000")]
    [InlineData("--port takes a number from 0 to 65535; got 'x'", "--port", "x")]
    [InlineData("expected an IP address; got 'nowhere'", "--listen-address", "nowhere")]
    [InlineData("--speed takes a number above zero", "--speed", "0")]
    [InlineData("--tokens-per-second takes a number above zero", "--tokens-per-second", "NaN")]
    [InlineData("--time-to-first-token takes a number of zero or more", "--time-to-first-token", "NaN")]
    [InlineData("--fault-rate takes a number from 0 to 1", "--fault-rate", "2")]
    [InlineData(
        "--fault takes 429, 500, 503, Disconnect@5, Stall@3, TruncatedEvent@2, MalformedJson@2, BrokenChunk@2, SlowFirstByte@5; got 'Explode'",
        "--fault",
        "Explode"
    )]
    [InlineData("unknown option '--nonsense'", "--nonsense")]
    public void An_option_that_makes_no_sense_is_told(string problem, params string[] arguments) =>
        CassetteProcess
            .Run(["serve", Repository.Capitals, .. arguments])
            .AssertProblems(2, problem, "see 'cassette --help'");

    [Fact]
    public void A_path_that_leads_nowhere_is_a_problem() =>
        CassetteProcess
            .Run("serve", _folder["missing.json"])
            .AssertProblems(1, $"{_folder["missing.json"]}: no such file");

    [Fact]
    public void Detached_too() =>
        CassetteProcess
            .Run("serve", "--detach", _folder["missing.json"])
            .AssertProblems(1, $"{_folder["missing.json"]}: no such file", "the server did not start");

    [Fact]
    public void A_port_that_is_taken_is_a_problem()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var run = CassetteProcess.Run(
            "serve",
            Repository.Capitals,
            "--port",
            $"{((IPEndPoint)taken.LocalEndpoint).Port}"
        );
        Assert.Equal((1, string.Empty), (run.Code, run.Output));
        Assert.StartsWith("cassette: ", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ready_file_that_cannot_be_written_is_a_problem()
    {
        var file = _folder.Add("file", "x"u8);
        var run = CassetteProcess.Run("serve", Repository.Capitals, "--ready-file", Path.Join(file, "ready.json"));
        Assert.Equal((1, string.Empty), (run.Code, run.Output));
        Assert.StartsWith(
            "cassette: the ready file could not be written: ",
            Assert.Single(run.Problems),
            StringComparison.Ordinal
        );
    }

    private Task<HttpResponseMessage> AskAsync(Uri server, string body) =>
        _client.PostAsync(new Uri(server, "/v1/chat/completions"), new StringContent(body));
}
