namespace OpenAICassette.Tests;

/// <summary>A test with the clients for node; without them it is shown as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        Skip = NodeClients.Missing;
    }
}
