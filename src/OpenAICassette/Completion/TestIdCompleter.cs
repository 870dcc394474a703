namespace OpenAICassette.Completion;

/// <summary>Completes the ids of the tests that recorded cassettes.</summary>
public sealed class TestIdCompleter : CassetteValueCompleter
{
    /// <inheritdoc/>
    protected override string? ValueOf(Interaction interaction) => interaction?.TestId;
}
