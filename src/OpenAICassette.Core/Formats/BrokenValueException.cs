namespace OpenAICassette.Formats;

/// <summary>
/// The exception that is thrown when a value of a file is not what its format says, for example no base64.
/// </summary>
/// <param name="value">The value.</param>
/// <param name="problem">What is wrong with it.</param>
internal sealed class BrokenValueException(JsonValue value, string problem) : FormatException(problem)
{
    /// <summary>Gets the value.</summary>
    public JsonValue Value { get; } = value;
}
