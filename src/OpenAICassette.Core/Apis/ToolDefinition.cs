namespace OpenAICassette;

/// <summary>Represents a tool that the request offers to the model.</summary>
/// <param name="Name">The tool's name; for a tool that the service itself has, its type.</param>
/// <param name="Description">What the model was told that it does; null where nothing was.</param>
/// <param name="Parameters">The JSON schema of its arguments, or how the service's own tool is set up; null where there
/// is none.</param>
public sealed record ToolDefinition(string Name, string? Description, string? Parameters)
{
    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;
}
