namespace OpenAICassette.Tests;

/// <summary>A test of file permissions, skipped where they do not bind the user who runs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PermissionFactAttribute : FactAttribute
{
    private static readonly bool s_areBinding = !OperatingSystem.IsWindows() && IsRefused();

    public PermissionFactAttribute()
    {
        Skip =
            OperatingSystem.IsWindows() ? "needs Unix permissions"
            : s_areBinding ? null
            : "this user may override permissions; .ci/run drops that right";
    }

    private static bool IsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.None);
            }

            File.ReadAllBytes(file);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
