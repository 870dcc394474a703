namespace OpenAICassette.Tests;

/// <summary>A test on the public recordings; where they are not, it is shown as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        Skip = SharedData.Missing;
    }
}
