namespace OpenAICassette.Hosting.Tests;

public sealed class CmdletTests
{
    private static readonly string[] s_approvedVerbs =
    [
        "Assert",
        "Compare",
        "ConvertTo",
        "Enter",
        "Exit",
        "Export",
        "Find",
        "Get",
        "Invoke",
        "Measure",
        "Remove",
        "Repair",
        "Search",
        "Start",
        "Stop",
        "Test",
        "Use",
    ];

    [Fact]
    public void The_manifest_exports_exactly_the_compiled_cmdlets()
    {
        var manifest = Repository.Read("OpenAICassette.psd1");
        var list = manifest[manifest.IndexOf("CmdletsToExport", StringComparison.Ordinal)..];
        var exported = list[..list.IndexOf(')', StringComparison.Ordinal)]
            .Split('\'')
            .Where((_, index) => index % 2 == 1);

        Assert.Equal(CompiledCmdlet.All.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), exported);
    }

    [Fact]
    public void Every_cmdlet_uses_an_approved_verb_and_says_what_it_gives()
    {
        Assert.All(CompiledCmdlet.All, cmdlet =>
        {
            Assert.Contains(cmdlet.Verb, s_approvedVerbs);
            Assert.NotEmpty(cmdlet.OutputTypes);
        });
    }

    [Fact]
    public void Every_cmdlet_stands_in_a_file_of_its_own_name()
    {
        Assert.All(CompiledCmdlet.All, cmdlet =>
        {
            Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
            Assert.True(
                File.Exists(Path.Join(Repository.Root, "src", "OpenAICassette", "Commands", $"{cmdlet.Type.Name}.cs"))
            );
        });
    }

    [Fact]
    public void A_cmdlet_that_takes_several_paths_takes_them_with_and_without_wildcards()
    {
        // A comparison takes two of everything, under the names of Compare-Object.
        Assert.All(CompiledCmdlet.All.Where(cmdlet => cmdlet.Name != "Compare-Cassette"), cmdlet =>
        {
            // Who takes one path takes it as written; who works on what is in the session takes none.
            var takesSeveral = cmdlet.Parameters.Any(parameter =>
                parameter.Name == "Path" && parameter.PropertyType == typeof(string[])
            );
            Assert.Equal(takesSeveral, cmdlet.Parameters.Any(parameter => parameter.Name == "LiteralPath"));
        });
        Assert.Contains(CompiledCmdlet.All, cmdlet =>
            cmdlet.Parameters.Any(parameter => parameter.Name == "LiteralPath")
        );
    }

    [Fact]
    public void No_parameter_hides_a_member_of_the_host()
    {
        string[] reserved = ["Host", "SessionState", "Events", "JobRepository", "MyInvocation", "Stopping"];

        Assert.All(CompiledCmdlet.All, cmdlet =>
            Assert.DoesNotContain(cmdlet.Parameters, parameter => reserved.Contains(parameter.Name))
        );
    }
}
