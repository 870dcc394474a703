using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>Programs with a hard-coded host are recorded, and answered without the service, as they are.</summary>
public sealed class RunClientTests : IDisposable
{
    private const string Url = "https://api.openai.com/v1/chat/completions";
    private const string Body = """{"model":"m","messages":[{"role":"user","content":"Capital of France?"}]}""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ProgramFact("curl")]
    public void Curl() => Check(["curl", "-sS", Url, "-H", "content-type: application/json", "-d", Body]);

    [ProgramFact("node")]
    public void Fetch_of_node() =>
        Check([
            "node",
            "-e",
            $$"""
            fetch('{{Url}}', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{{Body}}' })
              .then(async (answer) => {
                if (answer.url !== '{{Url}}') throw new Error(answer.url);
                console.log(await answer.text());
              });
            """,
        ]);

    [ProgramFact("node")]
    public void Requests_of_the_modules_https_and_http_of_node() =>
        Check(
            [
                "node",
                "-e",
                $$"""
                const { EventEmitter } = require('node:events');
                class Agent extends require('node:https').Agent {}
                const options = (url, agent) => agent?.createConnection === tls
                  ? [{ method: 'POST', host: new URL(url).host, port: 443, path: new URL(url).pathname, ...agent }]
                  : [url, { method: 'POST', agent }];
                const tls = (options) => require('node:tls').connect(options);
                const ask = (module, url, agent) => new Promise((resolve, reject) => {
                  const request = require(module).request(...options(url, agent), (answer) => {
                    let text = '';
                    answer.on('data', (data) => (text += data));
                    answer.on('end', () => resolve(text));
                  });
                  request.on('error', reject);
                  request.end('{{Body}}');
                });
                (async () => {
                  await ask('node:http', '{{Url}}'.replace('https', 'http'));
                  await ask('node:https', '{{Url}}', new Agent({ keepAlive: false }));
                  await ask('node:https', '{{Url}}', { createConnection: tls });
                  console.log(await ask('node:https', '{{Url}}'));
                })();
                """,
            ],
            requests: 4
        );

    [ProgramFact("python3")]
    public void Urllib_of_Python() =>
        Check([
            "python3",
            "-c",
            $$"""
            import urllib.request
            request = urllib.request.Request('{{Url}}', data=b'{{Body}}', headers={'content-type': 'application/json'})
            with urllib.request.urlopen(request) as answer:
                print(answer.read().decode())
            """,
        ]);

    [ProgramFact("curl")]
    public void HttpClient_of_NET()
    {
        // The inner recorder is the .NET program: it asks the service with HttpClient, through the outer one.
        string[] inner =
        [
            "dotnet",
            Path.Join(AppContext.BaseDirectory, "cassette.dll"),
            "run",
            "--quiet",
            "--mode",
            "all",
        ];
        Check([.. inner, _folder["inner"], "--", "curl", "-sS", Url, "-d", Body]);
    }

    private void Check(string[] command, int requests = 1)
    {
        var folder = _folder["recordings"];
        string recorded;
        using (var service = new StandIn())
        {
            var run = CassetteProcess.Run([
                "run",
                "--mode",
                "newepisodes",
                "--upstream",
                service.For("api.openai.com"),
                folder,
                "--",
                .. command,
            ]);
            Assert.Equal((0, StandIn.Answer), (run.Code, run.Output.TrimEnd()));
            Assert.Equal(
                requests,
                run.Problems.Count(line =>
                    line.StartsWith(
                        "cassette: recorded POST api.openai.com/v1/chat/completions 200 (",
                        StringComparison.Ordinal
                    )
                )
            );
            Assert.Equal(Enumerable.Repeat("POST /v1/chat/completions", requests), service.Asked);
            recorded = run.Output;
        }

        Assert.Equal(requests, Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Length);
        var replay = CassetteProcess.Run(["run", "--mode", "none", folder, "--", .. command]);
        Assert.True(replay.Code == 0, replay.Error);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(recorded), JsonNode.Parse(replay.Output)), replay.Output);
        Assert.Equal(
            $"cassette: {requests} request{(requests == 1 ? "" : "s")}: {requests} played",
            replay.Problems[^1]
        );
    }
}
