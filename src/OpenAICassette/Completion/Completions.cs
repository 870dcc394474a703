using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenAICassette.Completion;

/// <summary>Provides what all completers share: matching and quoting values, without ever failing.</summary>
internal static class Completions
{
    /// <summary>
    /// Returns the completions that match what was typed, at the start or otherwise anywhere. A failure returns none.
    /// </summary>
    /// <param name="wordToComplete">The typed text, with its quotation marks.</param>
    /// <param name="values">Returns the values with their descriptions.</param>
    /// <param name="write">Returns a value as the parameter takes it, if that is another text.</param>
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

    /// <summary>Returns completions, or none if finding them fails.</summary>
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

    /// <summary>Returns the typed text without its quotation marks.</summary>
    public static string Bare(string? wordToComplete) => (wordToComplete ?? string.Empty).Trim('\'', '"');

    /// <summary>Returns a value, quoted so that it arrives unchanged.</summary>
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
