namespace OpenAICassette.Completion;

/// <summary>Completes paths for a parameter that takes them as they are written, without wildcards.</summary>
public sealed class LiteralCassettePathCompleter : CassettePathCompleter
{
    /// <inheritdoc/>
    protected override bool IsLiteral => true;
}
