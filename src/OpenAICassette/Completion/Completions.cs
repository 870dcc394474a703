using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenAICassette.Completion;

/// <summary>
/// What all completers share: which values fit what was typed, how they are quoted, and that nothing they do ever
/// fails.
/// </summary>
internal static class Completions
{
    /// <summary>
    /// Completions that fit what was typed: by their start, else by any part. A failure gives none, for nobody asked
    /// for an error.
    /// </summary>
    /// <param name="wordToComplete">What was typed, with its quotes.</param>
    /// <param name="values">Gives the values with what is told about each.</param>
    /// <param name="write">Gives a value as the parameter takes it, where that is another text.</param>
    public static IReadOnlyList<CompletionResult> Of(
        string? wordToComplete,
        Func<IEnumerable<(string Value, string ToolTip)>> values,
        Func<string, string>? write = null
    )
    {
        return OrNone(() =>
        {
            var word = Bare(wordToComplete);
            var all = values().ToList();
            var fitting = all.FindAll(item => item.Value.StartsWith(word, StringComparison.OrdinalIgnoreCase));
            fitting = fitting.Count > 0 ? fitting : all.FindAll(item => Contains(item.Value, word));
            return fitting.ConvertAll(item => new CompletionResult(
                Quoted(write?.Invoke(item.Value) ?? item.Value),
                item.Value,
                CompletionResultType.ParameterValue,
                item.ToolTip
            ));
        });
    }

    /// <summary>Completions, or none when finding them fails.</summary>
    /// <param name="complete">Finds them.</param>
    public static IReadOnlyList<CompletionResult> OrNone(Func<IReadOnlyList<CompletionResult>> complete)
    {
        try
        {
            return complete();
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            return [];
        }
    }

    /// <summary>What was typed, without its quotes.</summary>
    public static string Bare(string? wordToComplete) => (wordToComplete ?? string.Empty).Trim('\'', '"');

    /// <summary>A value as it must be written to arrive unchanged.</summary>
    public static string Quoted(string value) =>
        value.Length > 0 && (char.IsAsciiLetterOrDigit(value[0]) || value[0] is '/' or '.' or '_') && value.All(IsPlain)
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";

    private static bool IsPlain(char character) =>
        char.IsLetterOrDigit(character) || character is '/' or '.' or '_' or '-' or ':' or '+' or '\\' or '~' or '=';

    private static bool Contains(string value, string word) =>
        value.Contains(word, StringComparison.OrdinalIgnoreCase)
        || (
            WildcardPattern.ContainsWildcardCharacters(word)
            && WildcardPattern
                .Get($"{word}*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)
                .IsMatch(value)
        );
}
