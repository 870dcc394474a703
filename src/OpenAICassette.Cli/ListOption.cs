using System.CommandLine;

namespace OpenAICassette.Cli;

/// <summary>Creates options that take several names of an enumeration, separated by commas.</summary>
internal static class ListOption
{
    /// <summary>Creates an option.</summary>
    /// <param name="name">The name of the option.</param>
    /// <param name="description">What the names are for.</param>
    public static Option<T[]> Create<T>(string name, string description)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToArray();
        return new Option<T[]>(name)
        {
            Description = description,
            HelpName = string.Join(',', names),
            CustomParser = result =>
            {
                var values = new List<T>();
                foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',')))
                {
                    if (names.Contains(word.ToLowerInvariant()))
                    {
                        values.Add(Enum.Parse<T>(word, ignoreCase: true));
                    }
                    else
                    {
                        result.AddError($"{name} takes {string.Join(", ", names)}; got '{word}'");
                    }
                }

                return [.. values];
            },
        };
    }
}
