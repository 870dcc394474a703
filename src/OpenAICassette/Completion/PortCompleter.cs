using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using OpenAICassette.Hosting;

namespace OpenAICassette.Completion;

/// <summary>Completes the ports of the servers that run in this process.</summary>
public sealed class PortCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) =>
        Completions.Of(wordToComplete, () =>
            RunningServers.All.Select(server =>
                (
                    server.Port.ToString(CultureInfo.InvariantCulture),
                    $"{server.Uri}, {server.InteractionCount} recordings"
                )
            )
        );
}
