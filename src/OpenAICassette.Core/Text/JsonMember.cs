namespace OpenAICassette.Text;

/// <summary>Represents a member of an object as PowerShell shows it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
internal sealed record JsonMember(string Name, object? Value);
