using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

/// <summary>Reads the scripts that hold the data of a site's index.</summary>
internal static partial class SiteData
{
    /// <summary>Returns the rows: the address of the page, what was asked, what was answered, and the choices.</summary>
    public static IReadOnlyList<(string Address, string Asked, string Said, string[] Choices)> Rows(string site) =>
        [
            .. Files(site, "rows")
                .SelectMany(file =>
                {
                    var lines = Argument(file).Split('\n');
                    var values = lines[0].Split('\t');
                    return lines
                        .Skip(1)
                        .Select(line => line.Split('\t'))
                        .Select(fields =>
                            (
                                fields[1].Length > 0 ? fields[1] : fields[0] + ".html",
                                fields[2],
                                fields[3],
                                fields[4..9].Select(field => values[Base36(field)]).ToArray()
                            )
                        );
                }),
        ];

    /// <summary>Returns the words of the index with the positions of the rows that contain them, as they are written.</summary>
    public static IReadOnlyDictionary<string, string> Words(string site) =>
        Files(site, "words")
            .Select(Argument)
            .Where(text => text.Length > 0)
            .SelectMany(text => text.Split('\n'))
            .Select(line => line.Split('\t'))
            .ToDictionary(word => word[0], word => word[1], StringComparer.Ordinal);

    private static IEnumerable<string> Files(string site, string name) =>
        Directory
            .GetFiles(Path.Join(site, "index-data"), $"{name}-*.js")
            .OrderBy(file => file.Length)
            .ThenBy(file => file, StringComparer.Ordinal);

    /// <summary>Returns the text that a script hands over; fails if the script does anything else.</summary>
    private static string Argument(string file)
    {
        var call = Call().Match(File.ReadAllText(file));
        Assert.True(call.Success, file);
        return JsonSerializer.Deserialize<string>(call.Groups[1].Value)!;
    }

    private static int Base36(string number) =>
        number.Aggregate(0, (sum, digit) => (sum * 36) + "0123456789abcdefghijklmnopqrstuvwxyz".IndexOf(digit));

    [GeneratedRegex("^cassette(?:Rows|Words)\\((?:\\d+,)?(\"(?:[^\"\\\\<>&']|\\\\.)*\")\\)$")]
    private static partial Regex Call();
}
