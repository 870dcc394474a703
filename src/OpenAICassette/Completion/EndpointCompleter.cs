namespace OpenAICassette.Completion;

/// <summary>Completes the endpoints of cassettes.</summary>
public sealed class EndpointCompleter : CassetteValueCompleter
{
    /// <inheritdoc/>
    protected override string? ValueOf(Interaction interaction) => interaction?.Endpoint;
}
