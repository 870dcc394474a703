using System.CommandLine;
using System.Text.Json;

namespace OpenAICassette.Cli;

/// <summary>Creates options that take the name of a format.</summary>
internal static class FormatOption
{
    /// <summary>Creates an option.</summary>
    /// <param name="name">The name of the option.</param>
    /// <param name="description">What the format is for.</param>
    /// <param name="formats">The names of the formats that it takes.</param>
    public static Option<string?> Create(string name, string description, IEnumerable<string> formats)
    {
        // The command line writes names with hyphens, in lower case.
        var names = string.Join(", ", formats.Select(JsonNamingPolicy.KebabCaseLower.ConvertName));
        var option = new Option<string?>(name) { Description = $"{description} One of: {names}.", HelpName = "FORMAT" };
        option.Validators.Add(result =>
        {
            var word = result.GetValueOrDefault<string?>();
            var isKnown = word is null || formats.Any(format => CassetteFormats.ByName(word)?.Info.Name == format);
            if (!isKnown)
            {
                result.AddError($"{name} takes {names}; got '{word}'");
            }
        });
        return option;
    }
}
