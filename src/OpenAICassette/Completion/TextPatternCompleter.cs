using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OpenAICassette.Matching;

namespace OpenAICassette.Completion;

/// <summary>Completes the names of patterns for parts of texts.</summary>
public sealed class TextPatternCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => Completions.Of(wordToComplete, () => TextPatterns.Named.Select(named => (named.Key, named.Value)));
}
