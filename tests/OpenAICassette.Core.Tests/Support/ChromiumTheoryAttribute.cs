namespace OpenAICassette.Tests;

/// <summary>A theory that needs a browser; it is skipped where there is none, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute()
    {
        Skip = Chromium.Missing;
    }
}
