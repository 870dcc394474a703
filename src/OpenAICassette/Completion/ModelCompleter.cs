namespace OpenAICassette.Completion;

/// <summary>Completes the models that cassettes asked.</summary>
public sealed class ModelCompleter : CassetteValueCompleter
{
    /// <inheritdoc/>
    protected override string? ValueOf(Interaction interaction) => interaction?.Model;
}
