namespace OpenAICassette.Tests;

/// <summary>A test of links, pipes or modes of files as Unix has them; shown as skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "needs a Unix file system" : null;
    }
}
