namespace OpenAICassette.Tests;

/// <summary>A test with programs that may not be on this machine; without one it is shown as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs)
    {
        var missing = programs.Where(program => !IsThere(program)).ToList();
        Skip =
            OperatingSystem.IsWindows() ? "needs a Unix shell"
            : missing.Count > 0 ? $"{string.Join(", ", missing)} is not on this machine"
            : null;
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Join(folder, program)));
}
