namespace OpenAICassette.Hosting.Tests;

public sealed class StreamTests
{
    [Fact]
    public void An_error_tells_its_cause_its_category_and_the_object_that_it_is_about_and_the_others_go_on()
    {
        using var shell = HostedPowerShell.Run(
            "param($Example) Get-Cassette -LiteralPath \"$Example.none\", $Example",
            out var output
        );

        var error = Assert.Single(shell.Streams.Error);
        Assert.Equal("CassetteNotFound,OpenAICassette.Commands.GetCassetteCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal($"{HostedPowerShell.Example}.none", error.TargetObject);
        Assert.Equal(CassetteError.CassetteNotFound, Assert.IsType<CassetteException>(error.Exception).Error);
        Assert.Equal("capitals.json", Assert.IsType<Cassette>(Assert.Single(output).BaseObject).Name);
    }

    [Fact]
    public void What_a_folder_holds_beside_cassettes_is_verbose_text_and_nothing_else()
    {
        using var shell = HostedPowerShell.Run(
            "param($Example) Get-Cassette -LiteralPath (Split-Path $Example) -Recurse -Verbose",
            out var output
        );

        Assert.NotEmpty(output);
        Assert.Contains(shell.Streams.Verbose, text => text.Message.Contains("workflow.yml", StringComparison.Ordinal));
        Assert.Empty(shell.Streams.Error);
        Assert.Empty(shell.Streams.Warning);
        Assert.Empty(shell.Streams.Information);
        Assert.Empty(shell.Streams.Progress);
    }

    [Fact]
    public void An_object_is_given_before_the_next_input_is_read()
    {
        using var shell = HostedPowerShell.Create(HostedPowerShell.Session());
        using var input = new PSDataCollection<string>();
        using var output = new PSDataCollection<PSObject>();
        using var given = new ManualResetEventSlim();
        output.DataAdded += (_, _) => given.Set();
        var run = shell.AddCommand("Get-Cassette").AddCommand("Invoke-CassetteReplay").BeginInvoke(input, output);

        input.Add(HostedPowerShell.Example);

        Assert.True(given.Wait(TimeSpan.FromSeconds(30)), "nothing came while the input was open");
        input.Complete();
        shell.EndInvoke(run);
        Assert.Equal(28, output.Count);
    }

    [Fact]
    public void Nothing_is_written_to_the_console_behind_PowerShells_back()
    {
        var before = (Console.Out, Console.Error);
        using var written = new StringWriter();
        Console.SetOut(written);
        Console.SetError(written);
        try
        {
            using var shell = HostedPowerShell.Run(
                "param($Example) Get-Cassette $Example, nowhere | ConvertTo-Transcript; Invoke-CassetteReplay $Example -Show; Test-Cassette $Example",
                out _
            );
        }
        finally
        {
            Console.SetOut(before.Out);
            Console.SetError(before.Error);
        }

        Assert.Empty(written.ToString());
    }
}
