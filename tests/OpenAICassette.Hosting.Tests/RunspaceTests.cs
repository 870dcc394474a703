using System.Management.Automation.Runspaces;
using OpenAICassette.Commands;

namespace OpenAICassette.Hosting.Tests;

public sealed class RunspaceTests
{
    [Theory]
    [InlineData("FullLanguage")]
    [InlineData("ConstrainedLanguage")]
    public void The_pipeline_of_the_README_runs_in(string mode)
    {
        using var shell = HostedPowerShell.Run(
            "param($Example) Set-StrictMode -Version Latest; Get-Cassette $Example | Remove-CassetteSecret | ConvertTo-Transcript -As Text",
            out var output,
            Enum.Parse<PSLanguageMode>(mode)
        );

        Assert.Empty(shell.Streams.Error);
        Assert.Contains("THE TEAMS PLAYING IN THE IMAGE", string.Join('\n', output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FullLanguage")]
    [InlineData("ConstrainedLanguage")]
    public void What_a_block_gave_before_its_error_is_kept_in(string mode)
    {
        using var shell = HostedPowerShell.Run(
            "param($Example) try { Use-Cassette -Path $Example -NoEnvironment { 'given'; throw 'failed' } } catch { \"$_\" }",
            out var output,
            Enum.Parse<PSLanguageMode>(mode)
        );

        Assert.Empty(shell.Streams.Error);
        Assert.Equal(["given", "failed"], output.Select(item => item.ToString()));
    }

    [Fact]
    public void A_runspace_without_a_language_can_be_given_one_cmdlet()
    {
        using var shell = HostedPowerShell.Create(HostedPowerShell.SessionOf<GetCassetteCommand>("Get-Cassette"));

        var found = shell
            .AddCommand("Get-Cassette")
            .AddParameter("LiteralPath", HostedPowerShell.Example)
            .AddParameter("Model", "gpt-*")
            .Invoke();

        Assert.Empty(shell.Streams.Error);
        Assert.Equal("gpt-4o", Assert.IsType<Cassette>(Assert.Single(found).BaseObject).Model);
    }

    [Fact]
    public async Task Runspaces_of_a_pool_do_not_see_one_anothers_cassettes_in_use()
    {
        using var pool = RunspaceFactory.CreateRunspacePool(HostedPowerShell.Session());
        pool.SetMaxRunspaces(4);
        pool.Open();

        var runs = Enumerable
            .Range(0, 8)
            .Select(async number =>
            {
                using var shell = PowerShell.Create();
                shell.RunspacePool = pool;
                shell
                    .AddScript(
                        """
                        param($Example, $Number)
                        Use-Cassette -Path $Example -NoEnvironment {
                            $body = (Get-Cassette $Example).Interactions[0].Request.Body.ToString()
                            $null = Invoke-RestMethod -Uri "https://host$Number.example.com/v1/chat/completions" -Method Post -Body $body
                            "$Number $($Cassette.Requests.Count)"
                        }
                        """
                    )
                    .AddParameter("Example", HostedPowerShell.Example)
                    .AddParameter("Number", number);
                var output = await shell.InvokeAsync();
                Assert.Empty(shell.Streams.Error);
                return Assert.Single(output).ToString();
            });

        Assert.Equal(Enumerable.Range(0, 8).Select(number => $"{number} 1"), await Task.WhenAll(runs));
    }

    [Fact]
    public void Removing_the_module_stops_its_servers_and_they_are_gone_after_it_comes_back()
    {
        using var shell = HostedPowerShell.Run(
            """
            param($Example)
            $module = (Get-Command Get-Cassette).Module
            $server = Start-CassetteServer $Example
            $server.IsRunning
            Remove-Module -ModuleInfo $module
            $server.IsRunning
            Import-Module $module.Path
            @(Get-CassetteServer).Count
            """,
            out var output
        );

        Assert.Empty(shell.Streams.Error);
        Assert.Equal([true, false, 0], output.Select(item => item.BaseObject));
    }
}
