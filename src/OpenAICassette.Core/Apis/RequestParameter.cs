namespace OpenAICassette;

/// <summary>Represents a member of a request that is neither a message nor a tool, such as the temperature.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as JSON.</param>
public sealed record RequestParameter(string Name, string Value)
{
    /// <summary>Returns the parameter as text, for example temperature = 0.5.</summary>
    public override string ToString() => $"{Name} = {Value}";
}
