using OpenAICassette.Hosting.Tests;

namespace OpenAICassette.Pester.Tests;

/// <summary>The module as users get it, staged into the folder <c>out</c> by <c>build.ps1</c>.</summary>
internal static class StagedModule
{
    /// <summary>
    /// Set by build.ps1 when the tests are to run on what it has staged, such as the content of a package.
    /// </summary>
    private const string IsStagedVariable = "OPENAICASSETTE_STAGED";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Restores the PowerShell of the tool manifest and, unless that was done by the caller, stages the module.
    /// </summary>
    /// <returns>True.</returns>
    /// <exception cref="InvalidOperationException">
    /// PowerShell could not be restored, or the module could not be staged.
    /// </exception>
    public static bool Make()
    {
        RestorePowerShell();
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(IsStagedVariable)))
        {
            DotNet.Run(s_limit, [.. DotNet.PowerShell, "-File", Path.Join(Repository.Root, "build.ps1")]);
        }

        return true;
    }

    /// <summary>Downloads PowerShell, more than once if need be: a registry may be away for a moment.</summary>
    private static void RestorePowerShell()
    {
        const int most = 3;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                DotNet.Run(s_limit, "tool", "restore");
                DotNet.Run(s_limit, [.. DotNet.PowerShell, "-Version"]);
                return;
            }
            catch (InvalidOperationException) when (attempt < most)
            {
                ForgetWhereItWas();
                Thread.Sleep(TimeSpan.FromSeconds(10 * attempt));
            }
        }
    }

    /// <summary>
    /// Removes what the SDK noted of where PowerShell is. When the package cache has moved since, a restore does not
    /// mend that note, and the tool is not found.
    /// </summary>
    private static void ForgetWhereItWas()
    {
        var home = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME")
            ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var notes = Path.Join(home, ".dotnet", "toolResolverCache");
        if (Directory.Exists(notes))
        {
            foreach (var note in Directory.EnumerateFiles(notes, "powershell", SearchOption.AllDirectories))
            {
                File.Delete(note);
            }
        }
    }
}
