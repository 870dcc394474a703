using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>A program that is killed at any moment leaves every file whole: as it was, or as it should be.</summary>
public sealed class KillTests : IDisposable
{
    private const int Files = 60;

    private readonly TempFolder _folder = new();
    private readonly Random _random = new();

    public KillTests() => YamlSupport.Enable();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scrub")]
    [InlineData("repair")]
    [InlineData("convert")]
    [InlineData("transcript")]
    public async Task A_command_that_writes_files(string command)
    {
        string[] arguments = command switch
        {
            "scrub" => ["scrub", "--write", "in"],
            "repair" => ["repair", "in"],
            "convert" => ["convert", "in", "--to", "har", "--out", "out"],
            _ => ["transcript", "in", "--as", "html", "--out", "out"],
        };
        Fill();
        var whole = Stopwatch.StartNew();
        await RunAsync(arguments, Timeout.InfiniteTimeSpan);
        whole.Stop();
        var after = Contents("in").Values.ToHashSet(StringComparer.Ordinal);
        for (var kill = 0; kill < KilledProgram.Kills; kill++)
        {
            Fill();
            var before = Contents("in");
            await RunAsync(arguments, whole.Elapsed * _random.NextDouble());
            Assert.All(Contents("in"), file =>
                Assert.True(
                    before.ContainsValue(file.Value) || after.Contains(file.Value),
                    $"{file.Key} is neither old nor new"
                )
            );
            Assert.True(Contents("in").Count >= Files, "a file is gone");
            Assert.All(Contents("out"), file => AssertWhole(file.Key, file.Value));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("vcrpy")]
    public async Task A_server_that_records(string? format)
    {
        using var service = new StandIn();
        var answered = 0;
        for (var kill = 0; kill < KilledProgram.Kills; kill++)
        {
            string[] form = format is null ? [] : ["--format", format];
            var server = await ServeProcess.StartAsync([
                "--mode",
                "newepisodes",
                "--upstream",
                service.Uri.ToString(),
                .. form,
                _folder["r"],
            ]);
            using var client = new HttpClient();
            using var stop = new CancellationTokenSource();
            var asking = Enumerable
                .Range(0, 4)
                .Select(each =>
                    AskAsync(
                        client,
                        new Uri(server.Uri, format is null && each == 0 ? StandIn.SpeechPath : "/v1/chat/completions"),
                        $"{kill}-{each}",
                        stop.Token
                    )
                )
                .ToList();
            await Task.Delay(_random.Next(20, 400));
            server.Dispose();
            await stop.CancelAsync();
            answered += (await Task.WhenAll(asking)).Sum();
            var recorded = 0;
            foreach (var (name, text) in Contents("r"))
            {
                AssertWhole(name, text);
                var interactions = CassetteStore.Open(_folder[$"r/{name}"]).Interactions;
                recorded += interactions.Count;
                Assert.All(
                    interactions.Where(interaction => interaction.Endpoint == StandIn.SpeechPath),
                    interaction => Assert.Equal(StandIn.SpeechLength, interaction.Response.Body.Bytes.Length)
                );
            }

            Assert.True(recorded >= answered, $"{answered} answers were given, but {recorded} recorded");
        }
    }

    /// <summary>Asks until the server is gone; gives how many whole answers there were.</summary>
    private static async Task<int> AskAsync(HttpClient client, Uri operation, string name, CancellationToken stop)
    {
        for (var count = 0; ; count++)
        {
            using var content = new StringContent(
                $$"""{"model":"m","messages":[{"role":"user","content":"{{name}} {{count}}"}]}""",
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            );
            try
            {
                using var answer = await client.PostAsync(operation, content, stop);
                await answer.Content.ReadAsStringAsync(stop);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                return count;
            }
        }
    }

    private Task RunAsync(string[] arguments, TimeSpan life) =>
        KilledProgram.RunAsync("cassette.dll", arguments, _folder.FullName, life);

    private void Fill()
    {
        foreach (var folder in (string[])["in", "out"])
        {
            if (Directory.Exists(_folder[folder]))
            {
                Directory.Delete(_folder[folder], recursive: true);
            }
        }

        var recording = JsonNode.Parse(File.ReadAllBytes(Repository.Capitals))!;
        recording["request"]!["headers"] = new JsonObject { ["authorization"] = $"Bearer {Key}" };
        for (var i = 0; i < Files; i++)
        {
            recording["request"]!["body"]!["user"] = $"user {i}";
            _folder.Add($"in/{i:00}.json", Encoding.UTF8.GetBytes(recording.ToJsonString()));
        }
    }

    private static string Key { get; } = PlantedKey.Of("openai-api-key");

    /// <summary>The files by their names, without those that are being written or belong to others.</summary>
    private Dictionary<string, string> Contents(string folder) =>
        _folder
            .Files.Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal))
            .Where(file => Path.GetExtension(file) is not (".tmp" or ".lock" or ".body"))
            .ToDictionary(file => file[(folder.Length + 1)..], file => File.ReadAllText(_folder[file]));

    private static void AssertWhole(string name, string text)
    {
        switch (Path.GetExtension(name))
        {
            case ".html":
                Assert.EndsWith("</html>\n", text, StringComparison.Ordinal);
                break;
            case ".js":
                Assert.EndsWith(")", text.TrimEnd(), StringComparison.Ordinal);
                break;
            default:
                Assert.NotEmpty(
                    CassetteStore.Open(Encoding.UTF8.GetBytes(text), CassetteOrigin.OfMemory(name)).Interactions
                );
                break;
        }
    }
}
