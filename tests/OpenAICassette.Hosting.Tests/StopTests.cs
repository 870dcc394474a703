using System.Management.Automation.Runspaces;

namespace OpenAICassette.Hosting.Tests;

public sealed class StopTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(
        "param($Example) 'ready'; Invoke-CassetteReplay -LiteralPath $Example -TimeToFirstToken (New-TimeSpan -Hours 2)"
    )]
    [InlineData("param($Example) 'ready'; Invoke-CassetteReplay -LiteralPath $Example -TokensPerSecond 0.0001")]
    [InlineData("param($Example) 'ready'; Invoke-CassetteReplay -LiteralPath $Example -TokensPerSecond 0.0001 -Show")]
    [InlineData("param($Example) Use-Cassette -Path $Example -NoEnvironment { 'ready'; Start-Sleep -Seconds 7200 }")]
    public void A_stopped_pipeline_ends_although_its_work_would_take_hours(string script)
    {
        using var shell = HostedPowerShell.Create(HostedPowerShell.Session());
        shell.AddScript(script).AddParameter("Example", HostedPowerShell.Example);
        using var output = new PSDataCollection<PSObject>();
        using var ready = new ManualResetEventSlim();
        output.DataAdded += (_, _) => ready.Set();

        var run = shell.BeginInvoke<PSObject, PSObject>(input: null, output);
        Assert.True(ready.Wait(s_long));
        var stop = shell.BeginStop(callback: null, state: null);

        Assert.True(stop.AsyncWaitHandle.WaitOne(s_long), "the pipeline goes on");
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(run));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(shell.Streams.Error);
    }

    [Fact]
    public void A_stopped_block_takes_its_cassette_out_of_use()
    {
        using var shell = HostedPowerShell.Create(HostedPowerShell.Session());
        shell
            .AddScript(
                "param($Example) Use-Cassette -Path $Example -NoEnvironment { 'ready'; Start-Sleep -Seconds 7200 }"
            )
            .AddParameter("Example", HostedPowerShell.Example);
        using var output = new PSDataCollection<PSObject>();
        using var ready = new ManualResetEventSlim();
        output.DataAdded += (_, _) => ready.Set();
        var run = shell.BeginInvoke<PSObject, PSObject>(input: null, output);
        Assert.True(ready.Wait(s_long));

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(run));
        Assert.Equal(RunspaceAvailability.Available, shell.Runspace.RunspaceAvailability);
        using var next = PowerShell.Create(shell.Runspace);
        var left = next.AddScript("@(Get-CassetteServer).Count; $null -eq $Cassette").Invoke();
        Assert.Equal(["0", "True"], left.Select(item => item.ToString()));
        next.Commands.Clear();
        next.AddScript("Invoke-RestMethod -Uri http://127.0.0.1:9/v1/models -NoProxy").Invoke();
        Assert.IsType<HttpRequestException>(Assert.Single(next.Streams.Error).Exception);
    }
}
