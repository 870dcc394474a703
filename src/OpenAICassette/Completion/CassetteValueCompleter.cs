using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenAICassette.Completion;

/// <summary>Completes values of the cassettes in the typed path, otherwise in the current folder.</summary>
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

    /// <summary>Returns the value of an interaction; null or empty if it has none.</summary>
    /// <param name="interaction">The interaction.</param>
    protected abstract string? ValueOf(Interaction interaction);

    /// <summary>
    /// The parameters take wildcards, so a value with brackets could match another one or be malformed.
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
