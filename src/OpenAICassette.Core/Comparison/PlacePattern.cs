using OpenAICassette.Text;

namespace OpenAICassette.Comparison;

/// <summary>
/// Selects places of differences: all below a place such as <c>choices[0].logprobs</c>, in which * means any step.
/// </summary>
internal sealed class PlacePattern
{
    private readonly string[] _steps;
    private readonly bool _isAnywhere;

    private PlacePattern(string[] steps, bool isAnywhere)
    {
        _steps = steps;
        _isAnywhere = isAnywhere;
    }

    /// <summary>Reads a place as comparisons show it, a JSON pointer, or the name of a member.</summary>
    /// <exception cref="ArgumentException">The pattern is empty.</exception>
    public static PlacePattern Parse(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var isPointer = pattern.StartsWith('/');
        var steps = isPointer ? PointerSteps(pattern) : Steps(pattern);
        return steps.Length == 0
            ? throw new ArgumentException(
                $"'{pattern}' does not name a member. Use for example usage or choices[*].logprobs.",
                nameof(pattern)
            )
            : new PlacePattern(steps, isAnywhere: steps.Length == 1 && !isPointer);
    }

    /// <summary>Returns whether a place is selected.</summary>
    public bool Matches(string place)
    {
        var steps = Steps(place);
        return _isAnywhere
            ? steps.Any(step => IsStep(_steps[0], step))
            : _steps.Length <= steps.Length && _steps.Zip(steps).All(pair => IsStep(pair.First, pair.Second));
    }

    private static bool IsStep(string pattern, string step) => pattern == "*" || pattern == step;

    private static string[] PointerSteps(string pointer) =>
        Array.ConvertAll(pointer.Split('/', StringSplitOptions.RemoveEmptyEntries), JsonPointer.Name);

    private static string[] Steps(string place) => place.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
}
