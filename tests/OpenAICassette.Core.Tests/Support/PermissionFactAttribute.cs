namespace OpenAICassette.Tests;

/// <summary>A test of file permissions; root may read everything, so there it is shown as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PermissionFactAttribute : FactAttribute
{
    public PermissionFactAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "needs Unix permissions"
            : Environment.IsPrivilegedProcess ? "root may read everything; needs an ordinary user"
            : null;
    }
}
