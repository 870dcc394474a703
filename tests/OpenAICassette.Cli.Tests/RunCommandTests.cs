namespace OpenAICassette.Tests;

/// <summary><c>cassette run</c>: exit codes, what it tells, and what it leaves.</summary>
public sealed class RunCommandTests : IDisposable
{
    private const string Ask = "curl -sS https://api.openai.com/v1/chat/completions -d '{\"model\":\"m\"}'";

    private readonly TempFolder _folder = new();
    private readonly StandIn _service = new();

    public void Dispose()
    {
        _service.Dispose();
        _folder.Dispose();
    }

    [ProgramFact("curl")]
    public void The_exit_code_is_the_program_s()
    {
        Assert.Equal(7, Record($"{Ask}; exit 7").Code);
        var replay = Replay($"{Ask}; exit 3");
        Assert.Equal((3, "cassette: 1 request: 1 played"), (replay.Code, replay.Problems[^1]));
    }

    [ProgramFact("curl")]
    public void A_miss_has_its_own_exit_code_and_is_explained()
    {
        Record(Ask);
        var run = Replay($"{Ask.Replace("\"m\"", "\"n\"", StringComparison.Ordinal)}; exit 7");
        Assert.Equal(121, run.Code);
        Assert.Contains(
            "cassette: missed POST api.openai.com/v1/chat/completions 404: nearest is ",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("model: recorded 'm', got 'n'", run.Error, StringComparison.Ordinal);
        Assert.Contains("the mode is None; to record what is missing, use --mode", run.Error, StringComparison.Ordinal);
        Assert.Contains("the program's exit code was 7", run.Problems[^1], StringComparison.Ordinal);
    }

    [ProgramFact("curl")]
    public void A_request_that_is_not_recorded_has_its_own_exit_code()
    {
        var run = CassetteProcess.Run(
            "run",
            "--mode",
            "all",
            "--upstream",
            "api.openai.com=http://127.0.0.1:1",
            _folder["r"],
            "--",
            "sh",
            "-c",
            Ask
        );
        Assert.Equal(121, run.Code);
        Assert.Contains(
            "cassette: not recorded POST api.openai.com/v1/chat/completions 502: ",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [ProgramFact("sh")]
    public void A_program_from_which_no_request_was_seen_never_succeeds()
    {
        var run = Record("true");
        Assert.Equal(122, run.Code);
        Assert.Contains("cassette: no request to a captured host was seen", run.Error, StringComparison.Ordinal);
        Assert.Equal(5, Record("exit 5").Code);
    }

    [ProgramFact("curl")]
    public void A_program_that_does_not_trust_the_certificate_is_named()
    {
        var run = Record($"{Ask} --cacert /dev/null; true");
        Assert.Equal(122, run.Code);
        Assert.Contains("cassette: failed api.openai.com:443: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("may not trust the certificate", run.Problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_there_is_told_as_by_shells()
    {
        var run = CassetteProcess.Run("run", "--mode", "all", _folder["r"], "--", "no-such-program");
        Assert.Equal(127, run.Code);
        Assert.Contains("no-such-program", run.Error, StringComparison.Ordinal);
    }

    [ProgramFact("curl")]
    public void Other_hosts_are_reached_and_listed_or_refused_and_named()
    {
        // Curl asks the proxy for localhost too when NO_PROXY is empty.
        var other =
            $"curl -sS --noproxy '' -p {_service.Uri.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}x";
        var target = $"localhost:{_service.Uri.Port}";
        var recorded = Record($"{Ask}; {other}", "--allow-private-network");
        Assert.Equal((0, StandIn.Answer + StandIn.Answer), (recorded.Code, recorded.Output));
        Assert.Contains($"cassette: tunnelled {target}", recorded.Problems);
        Assert.Equal($"cassette: tunnelled: {target}", recorded.Problems[^1]);

        var replay = Replay($"{Ask}; {other}; true");
        Assert.Equal(0, replay.Code);
        Assert.Equal($"cassette: refused: {target}", replay.Problems[^1]);
        Assert.Single(_service.Asked, asked => asked == "GET /x");
    }

    [ProgramFact("curl")]
    public void A_pattern_captures_other_hosts_and_so_do_their_recordings()
    {
        var ask = Ask.Replace("api.openai.com", "llm.corp.example", StringComparison.Ordinal);
        var run = CassetteProcess.Run(
            "run",
            "--mode",
            "all",
            "--host",
            "*.corp.example",
            "--upstream",
            _service.For("llm.corp.example"),
            _folder["r"],
            "--",
            "sh",
            "-c",
            ask
        );
        Assert.Equal((0, StandIn.Answer), (run.Code, run.Output));
        Assert.Equal((0, "cassette: 1 request: 1 played"), (Replay(ask).Code, Replay(ask).Problems[^1]));
    }

    [ProgramFact("sh")]
    public void The_program_has_a_bundle_of_certificates_which_is_gone_afterwards()
    {
        var run = Record("cp $SSL_CERT_FILE bundle; echo $SSL_CERT_FILE $NODE_EXTRA_CA_CERTS $NODE_OPTIONS; env");
        var files = run.Output.Split('\n')[0].Split(' ');
        Assert.Equal(4, files.Length);
        Assert.All(files.Where(file => file.Contains('/', StringComparison.Ordinal)), file =>
            Assert.False(File.Exists(file.Trim('"')))
        );
        Assert.False(Directory.Exists(Path.GetDirectoryName(files[0])));
        var bundle = File.ReadAllText(_folder["bundle"]);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", bundle, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", bundle, StringComparison.Ordinal);
        foreach (var name in (string[])["CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "GIT_SSL_CAINFO", "AWS_CA_BUNDLE"])
        {
            Assert.Contains($"\n{name}={files[0]}\n", run.Output, StringComparison.Ordinal);
        }

        foreach (var name in (string[])["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"])
        {
            Assert.Contains($"\n{name}=http://cassette:", run.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("\nOPENAI_BASE_URL=http://127.0.0.1", run.Output, StringComparison.Ordinal);
    }

    [ProgramFact("curl")]
    public void Only_the_program_knows_the_address_of_its_proxy()
    {
        const string Plain = "$(echo $HTTPS_PROXY | sed 's#//.*@#//#')/";
        const string Ask = "curl -sS -o /dev/null -w '%{http_code} %{http_connect}\\n'";
        var run = Record(
            $"{Ask} --noproxy '*' {Plain}healthz; {Ask} --noproxy '*' {Plain}__cassette/requests; "
                + $"{Ask} -x {Plain} https://api.openai.com/v1/models; {Ask} -x $HTTPS_PROXY http://169.254.169.254/"
        );
        Assert.Equal("403 000\n403 000\n000 407\n403 000\n", run.Output);
    }

    [ProgramFact("curl")]
    public void A_program_that_uses_no_proxy_is_captured_by_its_base_URL()
    {
        var run = CassetteProcess.Run(
            "run",
            "--mode",
            "all",
            "--base-urls",
            "--upstream",
            _service.For("api.openai.com"),
            _folder["r"],
            "--",
            "sh",
            "-c",
            "curl -sS --noproxy '*' $OPENAI_BASE_URL/chat/completions -d '{\"model\":\"m\"}'"
        );
        Assert.Equal((0, StandIn.Answer), (run.Code, run.Output));
        Assert.Contains("cassette: recorded POST /v1/chat/completions 200", run.Error, StringComparison.Ordinal);
    }

    [ProgramFact("curl")]
    public void Quiet_tells_only_problems()
    {
        var run = CassetteProcess.Run(
            "run",
            "--quiet",
            "--mode",
            "all",
            "--upstream",
            _service.For("api.openai.com"),
            _folder["r"],
            "--",
            "sh",
            "-c",
            Ask
        );
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
    }

    [Fact]
    public void What_is_missing_on_the_command_line_is_told()
    {
        Assert.Equal(2, CassetteProcess.Run("run").Code);
        Assert.Equal(2, CassetteProcess.Run("run", _folder["r"]).Code);
        Assert.Equal(2, CassetteProcess.Run("run", "--mode", "some", _folder["r"], "--", "true").Code);
        var upstream = CassetteProcess.Run("run", "--upstream", "api.openai.com", _folder["r"], "--", "true");
        upstream.AssertProblems(
            2,
            "--upstream: expected URL or HOST=URL with an http or https address; got 'api.openai.com'",
            "see 'cassette --help'"
        );
    }

    private CassetteProcess Record(string script, params string[] options) =>
        CassetteProcess.RunIn(
            _folder.FullName,
            [
                "run",
                "--mode",
                "newepisodes",
                "--upstream",
                _service.For("api.openai.com"),
                .. options,
                _folder["r"],
                "--",
                "sh",
                "-c",
                script,
            ]
        );

    private CassetteProcess Replay(string script) =>
        CassetteProcess.RunIn(_folder.FullName, "run", "--mode", "none", _folder["r"], "--", "sh", "-c", script);
}
