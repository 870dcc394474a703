using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenAICassette.Completion;

/// <summary>Completes the names of faults.</summary>
public sealed class FaultCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => Completions.Of(wordToComplete, () => Fault.Examples.Select(fault => (fault, fault)));
}
