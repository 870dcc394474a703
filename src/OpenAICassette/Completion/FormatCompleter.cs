using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenAICassette.Completion;

/// <summary>Completes the names of the formats that can be read.</summary>
public class FormatCompleter : IArgumentCompleter
{
    /// <summary>Gets the formats that the parameter takes.</summary>
    private protected virtual IEnumerable<FormatInfo> Formats => CassetteFormats.All;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) => Completions.Of(wordToComplete, () => Formats.Select(format => (format.Name, ToolTip(format))));

    private static string ToolTip(FormatInfo format) => $"{format.Name} ({string.Join(", ", format.Extensions)})";
}

/// <summary>Completes the names of the formats that can be written.</summary>
public sealed class WritableFormatCompleter : FormatCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<FormatInfo> Formats => base.Formats.Where(format => format.CanWrite);
}

/// <summary>Completes the names of the formats that can be recorded in.</summary>
public sealed class RecordableFormatCompleter : FormatCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<FormatInfo> Formats =>
        base.Formats.Where(format => CassetteFormats.Recordable.Contains(format.Name));
}
