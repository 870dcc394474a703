using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>
/// A disk that is full, a folder that is read-only, and two that record into one folder: nothing is lost, and what
/// could not be done is told.
/// </summary>
public sealed class DiskTests : IDisposable
{
    private static readonly UnixFileMode s_readOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    private readonly TempFolder _folder = new();
    private readonly StandIn _service = new();

    public DiskTests() => YamlSupport.Enable();

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows() && Directory.Exists(_folder["in"]))
        {
            File.SetUnixFileMode(_folder["in"], s_readOnly | UnixFileMode.UserWrite);
        }

        _service.Dispose();
        _folder.Dispose();
    }

    [ProgramFact("bash")]
    public void A_scrub_that_finds_no_room_leaves_the_file_and_says_so()
    {
        var before = Secret("in/a.json", padding: 200_000);
        var run = WithLittleRoom("scrub --write in");
        Assert.Equal(1, run.Code);
        Assert.Contains("not written", run.Error, StringComparison.Ordinal);
        Assert.Contains("a.json", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder["in/a.json"]));
        Assert.Equal(["in/a.json"], _folder.Files);
    }

    [ProgramFact("bash")]
    public void A_conversion_that_finds_no_room_leaves_no_part_and_says_so()
    {
        Secret("in/a.json", padding: 200_000);
        var run = WithLittleRoom("convert in --to har --out out");
        Assert.Equal(1, run.Code);
        Assert.Contains("not written", run.Error, StringComparison.Ordinal);
        Assert.Equal(["in/a.json"], _folder.Files);
    }

    [ProgramFact("curl")]
    public void A_recording_that_finds_no_room_costs_the_client_nothing_and_is_told()
    {
        var body = $$"""{"model":"m","user":"{{new string('u', 600_000)}}"}""";
        _folder.Add("body", Encoding.UTF8.GetBytes(body));
        var run = WithLittleRoom(
            $"run --mode all --upstream {_service.For("api.openai.com")} r -- "
                + "curl -sS https://api.openai.com/v1/chat/completions -d @body",
            kilobytes: 400
        );
        Assert.Equal((121, StandIn.Answer), (run.Code, run.Output));
        Assert.Contains("not recorded", run.Error, StringComparison.Ordinal);
        Assert.Contains("not written", run.Error, StringComparison.Ordinal);
        Assert.Equal(["body"], _folder.Files);
    }

    [UnixFact]
    public void A_folder_that_is_read_only_is_named_and_its_files_stay()
    {
        var before = Secret("in/a.json");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder["in"], s_readOnly);
        }

        if (IsWritable(_folder["in"]))
        {
            return;
        }

        var run = CassetteProcess.RunIn(_folder.FullName, "scrub", "--write", "in");
        Assert.Equal(1, run.Code);
        Assert.Contains("not written", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder["in/a.json"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("vcrpy")]
    [InlineData("har")]
    public async Task Two_servers_that_record_into_one_folder_lose_nothing_to_each_other(string? format)
    {
        const int Asked = 20;
        string[] form = format is null ? [] : ["--format", format];
        string[] arguments = ["--mode", "newepisodes", "--upstream", _service.Uri.ToString(), .. form, _folder["r"]];
        using var one = await ServeProcess.StartAsync(arguments);
        using var two = await ServeProcess.StartAsync(arguments);
        using var client = new HttpClient();
        var asking = Enumerable
            .Range(0, Asked)
            .SelectMany(number => new[] { one, two }.Select(server => (number, server)))
            .Select(async each =>
            {
                // Each request comes to both, and so does each file name.
                var json = $$"""{"model":"m","user":"{{each.number}}"}""";
                using var content = new StringContent(json, Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri(each.server.Uri, "/v1/chat/completions"), content);
                Assert.Equal(StandIn.Answer, await answer.Content.ReadAsStringAsync());
            });
        await Task.WhenAll(asking);
        Assert.Equal((0, 0), (await one.TerminateAsync(), await two.TerminateAsync()));
        Assert.Equal(Asked * 2, _folder.Files.Sum(file => CassetteStore.Open(_folder[file]).Interactions.Count));
        Assert.DoesNotContain(_folder.Files, file => Path.GetExtension(file) is ".tmp" or ".lock");
    }

    private static bool IsWritable(string folder)
    {
        try
        {
            File.WriteAllText(Path.Join(folder, "try"), string.Empty);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string Secret(string path, int padding = 0)
    {
        var recording = JsonNode.Parse(File.ReadAllBytes(Repository.Capitals))!;
        recording["request"]!["headers"] = new JsonObject
        {
            ["authorization"] = $"Bearer {PlantedKey.Of("openai-api-key")}",
            ["x-padding"] = new string('p', padding),
        };
        _folder.Add(path, Encoding.UTF8.GetBytes(recording.ToJsonString()));
        return File.ReadAllText(_folder[path]);
    }

    /// <summary>Runs the program where no file may become longer than a few kilobytes, as on a full disk.</summary>
    private CassetteProcess WithLittleRoom(string command, int kilobytes = 64)
    {
        // Without the trap, the system would end the program instead of refusing the write.
        var script =
            $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet {AppContext.BaseDirectory}/cassette.dll {command}";
        using var process = Process.Start(
            new ProcessStartInfo("bash", ["-c", script])
            {
                WorkingDirectory = _folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["TMPDIR"] = _folder.FullName },
            }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CassetteProcess(process.ExitCode, Encoding.UTF8.GetBytes(output), error.Result);
    }
}
