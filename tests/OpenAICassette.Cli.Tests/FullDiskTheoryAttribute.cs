namespace OpenAICassette.Tests;

/// <summary>
/// A test that needs a device that is always full; where the system has none, it is shown as skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullDiskTheoryAttribute : TheoryAttribute
{
    public FullDiskTheoryAttribute() => Skip = File.Exists("/dev/full") ? null : "needs /dev/full";
}
