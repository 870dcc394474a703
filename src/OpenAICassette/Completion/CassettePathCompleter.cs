using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace OpenAICassette.Completion;

/// <summary>
/// Completes paths as PowerShell does, without files that are known not to be cassettes unless nothing else is left,
/// and describes the others.
/// </summary>
public partial class CassettePathCompleter : IArgumentCompleter
{
    /// <summary>Secrets can also be in logs and settings.</summary>
    private const string AnyTextNoun = "-CassetteSecret";

    private const char Ellipsis = '…';

    /// <summary>Gets whether the parameter takes literal paths.</summary>
    protected virtual bool IsLiteral => false;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) =>
        Completions.OrNone(() =>
        {
            var found = Found(Completions.Bare(wordToComplete));
            var files = found.FindAll(item => item.ResultType == CompletionResultType.ProviderItem);
            var folders = CassetteIndex.Read(
                files
                    .Select(item => Path.GetDirectoryName(item.ToolTip))
                    .OfType<string>()
                    .Select(folder => (folder, false))
            );
            var takesAnyText = commandName.EndsWith(AnyTextNoun, StringComparison.OrdinalIgnoreCase);
            var completed = found
                .Select(item => Completed(item, folders, takesAnyText))
                .OfType<CompletionResult>()
                .ToList();
            return completed.Count > 0 ? completed : found;
        });

    /// <summary>
    /// Returns the files that a word can mean. One with an ellipsis, which views show in the middle of a long name,
    /// means the names with any characters in its place.
    /// </summary>
    private static List<CompletionResult> Found(string word)
    {
        var found = CompletionCompleters.CompleteFilename(word).ToList();
        return found.Count == 0 && word.Contains(Ellipsis, StringComparison.Ordinal)
            ? [.. CompletionCompleters.CompleteFilename(word.Replace(Ellipsis, '*'))]
            : found;
    }

    private CompletionResult? Completed(CompletionResult item, IReadOnlyList<FolderIndex> folders, bool takesAnyText)
    {
        var known = folders.Select(folder => folder.Find(item.ToolTip)).FirstOrDefault(file => file is not null);
        if (known is { Cassette: null } && !takesAnyText)
        {
            return null;
        }

        var text = IsLiteral ? Completions.Quoted(Unescaped(item.CompletionText)) : item.CompletionText;
        return new CompletionResult(
            text,
            item.ListItemText,
            item.ResultType,
            known?.Cassette is { } cassette ? Told(cassette) : item.ToolTip
        );
    }

    private static string Told(Cassette cassette) =>
        string.Join(
            ", ",
            new[] { cassette.Path, cassette.Model, cassette.Endpoint, cassette.TestId }.Where(part =>
                !string.IsNullOrEmpty(part)
            )
        );

    /// <summary>A path whose wildcards are ordinary characters.</summary>
    private static string Unescaped(string text) =>
        text is ['\'', .., '\'']
            ? Escape().Replace(text[1..^1].Replace("''", "'", StringComparison.Ordinal), "$1")
            : text;

    [GeneratedRegex(@"`([`\[\]*?])")]
    private static partial Regex Escape();
}

/// <summary>Completes literal paths.</summary>
public sealed class LiteralCassettePathCompleter : CassettePathCompleter
{
    /// <inheritdoc/>
    protected override bool IsLiteral => true;
}
