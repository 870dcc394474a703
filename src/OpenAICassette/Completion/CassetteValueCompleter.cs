using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenAICassette.Completion;

/// <summary>
/// Completes a value that the cassettes at hand have: those of the path that was typed, else those of the current
/// folder.
/// </summary>
public abstract class CassetteValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) =>
        Completions.Of(
            wordToComplete,
            () =>
                CassetteIndex
                    .Of(fakeBoundParameters)
                    .SelectMany(cassette =>
                        cassette
                            .Interactions.Select(ValueOf)
                            .Where(value => !string.IsNullOrEmpty(value))
                            .Distinct(StringComparer.Ordinal)
                    )
                    .GroupBy(value => value!, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
                    .Select(group => (group.Key, group.Count() == 1 ? "1 cassette" : $"{group.Count()} cassettes")),
            AsPattern
        );

    /// <summary>The value of an interaction; null or empty when it has none.</summary>
    /// <param name="interaction">The interaction.</param>
    protected abstract string? ValueOf(Interaction interaction);

    /// <summary>
    /// The parameters take wildcards, and a value with brackets of its own may be another one or malformed.
    /// </summary>
    private static string AsPattern(string value)
    {
        try
        {
            return WildcardPattern
                .Get(value, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)
                .IsMatch(value)
                ? value
                : WildcardPattern.Escape(value);
        }
        catch (WildcardPatternException)
        {
            return WildcardPattern.Escape(value);
        }
    }
}

/// <summary>Completes the endpoints of cassettes.</summary>
public sealed class EndpointCompleter : CassetteValueCompleter
{
    /// <inheritdoc/>
    protected override string? ValueOf(Interaction interaction) => interaction?.Endpoint;
}

/// <summary>Completes the models that cassettes asked.</summary>
public sealed class ModelCompleter : CassetteValueCompleter
{
    /// <inheritdoc/>
    protected override string? ValueOf(Interaction interaction) => interaction?.Model;
}

/// <summary>Completes the ids of the tests that recorded cassettes.</summary>
public sealed class TestIdCompleter : CassetteValueCompleter
{
    /// <inheritdoc/>
    protected override string? ValueOf(Interaction interaction) => interaction?.TestId;
}
