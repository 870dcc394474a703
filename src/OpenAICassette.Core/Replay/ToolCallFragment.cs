namespace OpenAICassette;

/// <summary>Represents the part of a tool call in one chunk; all members except the index may be null.</summary>
/// <param name="Index">The zero-based index of the tool call in the answer.</param>
/// <param name="Id">The call's id, normally only in its first fragment.</param>
/// <param name="Name">The tool's name, normally only in the call's first fragment.</param>
/// <param name="Arguments">The next piece of the arguments' text.</param>
public sealed record ToolCallFragment(int Index, string? Id, string? Name, string? Arguments);
