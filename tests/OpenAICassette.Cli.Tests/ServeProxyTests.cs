using System.Diagnostics;

namespace OpenAICassette.Tests;

/// <summary><c>cassette serve</c> for several hosts, and as a forward proxy.</summary>
public sealed class ServeProxyTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StandIn _service = new();

    public void Dispose()
    {
        _service.Dispose();
        _folder.Dispose();
    }

    [ProgramFact("curl")]
    public async Task Programs_that_use_it_as_their_proxy_are_recorded()
    {
        var certificate = _folder["ca.pem"];
        using var server = await ServeProcess.StartAsync(
            _folder["r"],
            "--mode",
            "newepisodes",
            "--host",
            "llm.example",
            "--upstream",
            _service.For("llm.example"),
            "--proxy-certificate",
            certificate
        );
        Assert.Equal(StandIn.Answer, await CurlAsync(server, certificate, "https://llm.example/v1/chat/completions"));
        Assert.Equal(["POST /v1/chat/completions"], _service.Asked);
        Assert.StartsWith("cassette:", server.Uri.UserInfo, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(certificate));
        }

        Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(certificate), StringComparison.Ordinal);
        Assert.Equal(0, await server.TerminateAsync());
        Assert.False(File.Exists(certificate));
        Assert.Single(Directory.GetFiles(_folder["r"]));
    }

    [ProgramFact("curl")]
    public async Task An_upstream_for_the_host_of_an_API_needs_no_default()
    {
        using var server = await ServeProcess.StartAsync(
            _folder["r"],
            "--mode",
            "newepisodes",
            "--upstream",
            _service.For("api.anthropic.com")
        );
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(server.Uri, "/v1/messages"), new StringContent("{}"));
        Assert.Equal(StandIn.Answer, await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await server.TerminateAsync());
        Assert.Contains(
            "https://api.anthropic.com/",
            File.ReadAllText(Assert.Single(Directory.GetFiles(_folder["r"]))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Hosts_are_for_a_proxy() =>
        CassetteProcess
            .Run("serve", Repository.Capitals, "--all-hosts")
            .AssertProblems(
                2,
                "--host, --all-hosts and --allow-private-network are for a forward proxy, which needs --proxy-certificate"
            );

    private static async Task<string> CurlAsync(ServeProcess server, string certificate, string url)
    {
        string[] arguments =
        [
            "-sS",
            "-x",
            server.Uri.ToString(),
            "--cacert",
            certificate,
            url,
            "-d",
            "{\"model\":\"m\"}",
        ];
        using var curl = Process.Start(new ProcessStartInfo("curl", arguments) { RedirectStandardOutput = true })!;
        var output = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        return output;
    }
}
