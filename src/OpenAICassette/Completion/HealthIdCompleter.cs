using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OpenAICassette.Formats;

namespace OpenAICassette.Completion;

/// <summary>Completes the ids of findings.</summary>
public sealed class HealthIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) =>
        Completions.Of(wordToComplete, () => HealthAudiences.Ids.Select(id => (id, $"{id}: {HealthAudiences.Of(id)}")));
}
