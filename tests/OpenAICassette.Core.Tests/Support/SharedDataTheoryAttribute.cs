namespace OpenAICassette.Tests;

/// <summary>A test with data on the public recordings; where they are not, it is shown as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        Skip = SharedData.Missing;
    }
}
