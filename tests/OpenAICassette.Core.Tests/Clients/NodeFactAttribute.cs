namespace OpenAICassette.Tests;

/// <summary>A test with the clients for node; without them it is shown as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    private bool _needsRecordings;

    public NodeFactAttribute()
    {
        Skip = NodeClients.Missing;
    }

    /// <summary>True for a test that needs the public recordings too.</summary>
    public bool NeedsRecordings
    {
        get => _needsRecordings;
        set
        {
            _needsRecordings = value;
            Skip = value ? SharedData.Missing ?? NodeClients.Missing : NodeClients.Missing;
        }
    }
}
