namespace OpenAICassette;

/// <summary>Represents a tool that the model asked to be called.</summary>
/// <param name="Id">The id that the tool's answer refers to; null where none was recorded.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments as the model wrote them, normally a JSON object.</param>
public sealed record ToolCall(string? Id, string Name, string Arguments)
{
    /// <summary>Returns the call as text, for example get_weather({"city":"Paris"}).</summary>
    public override string ToString() => $"{Name}({Arguments})";
}
