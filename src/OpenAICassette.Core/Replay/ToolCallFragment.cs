namespace OpenAICassette;

/// <summary>What one chunk says of a tool call; all but the index may be null.</summary>
/// <param name="Index">Which of the answer's tool calls, from 0.</param>
/// <param name="Id">The call's id, normally only in its first fragment.</param>
/// <param name="Name">The tool's name, normally only in the call's first fragment.</param>
/// <param name="Arguments">The next piece of the arguments' text.</param>
public sealed record ToolCallFragment(int Index, string? Id, string? Name, string? Arguments);
