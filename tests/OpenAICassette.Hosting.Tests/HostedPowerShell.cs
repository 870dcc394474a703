using System.Collections.ObjectModel;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using OpenAICassette.Commands;

namespace OpenAICassette.Hosting.Tests;

/// <summary>Runspaces that know the cmdlets, and what the tests run in them.</summary>
internal static class HostedPowerShell
{
    /// <summary>The cassette of the examples.</summary>
    public static string Example { get; } = Path.Join(Repository.Root, "module", "examples", "capitals.json");

    /// <summary>A session with PowerShell's own commands and the module's.</summary>
    public static InitialSessionState Session(PSLanguageMode mode = PSLanguageMode.FullLanguage)
    {
        var session = InitialSessionState.CreateDefault2();
        session.LanguageMode = mode;
        if (OperatingSystem.IsWindows())
        {
            session.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        session.ImportPSModule([typeof(GetCassetteCommand).Assembly.Location]);
        return session;
    }

    /// <summary>A session with one cmdlet and nothing else, in which no script can be run.</summary>
    public static InitialSessionState SessionOf<TCommand>(string name)
    {
        var session = InitialSessionState.Create();
        session.LanguageMode = PSLanguageMode.NoLanguage;
        session.Providers.Add(
            new SessionStateProviderEntry(
                "FileSystem",
                typeof(Microsoft.PowerShell.Commands.FileSystemProvider),
                helpFileName: null
            )
        );
        session.Commands.Add(new SessionStateCmdletEntry(name, typeof(TCommand), helpFileName: null));
        return session;
    }

    /// <summary>An empty pipeline in a runspace of its own.</summary>
    public static PowerShell Create(InitialSessionState session)
    {
        var shell = PowerShell.Create(session);
        shell.Streams.ClearStreams();
        return shell;
    }

    /// <summary>Runs a script in a session of its own, and gives the pipeline with its streams.</summary>
    public static PowerShell Run(
        string script,
        out Collection<PSObject> output,
        PSLanguageMode mode = PSLanguageMode.FullLanguage
    )
    {
        var shell = Create(Session(mode)).AddScript(script).AddParameter("Example", Example);
        output = shell.Invoke();
        return shell;
    }
}
