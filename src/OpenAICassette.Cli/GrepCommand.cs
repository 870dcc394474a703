using System.CommandLine;
using OpenAICassette.Search;
using OpenAICassette.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary><c>cassette grep</c>: searches what was recorded.</summary>
internal static class GrepCommand
{
    private const int LongestLine = 240;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var pattern = new Argument<string>("PATTERN") { Description = "A regular expression, or with --text a text." };
        var isText = new Option<bool>("--text", "-F") { Description = "The pattern is a text." };
        var ignoresCase = new Option<bool>("--ignore-case", "-i") { Description = "Ignore upper and lower case." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per line for each match." };
        var command = new Command("grep", "Search requests, answers and tool arguments, also across stream chunks.")
        {
            pattern,
            isText,
            ignoresCase,
            json,
        };
        input.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(pattern) is { } given && !result.GetValue(isText))
            {
                try
                {
                    TextPattern.Create(given, isText: false, ignoresCase: false);
                }
                catch (ArgumentException e)
                {
                    result.AddError($"not a regular expression: {e.Message} Use --text to search for a text.");
                }
            }
        });
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var search = new CassetteSearch(
                    TextPattern.Create(parsed.GetValue(pattern)!, parsed.GetValue(isText), parsed.GetValue(ignoresCase))
                );
                var isFound = false;
                foreach (
                    var (_, path, matches) in CassetteInput.Load(
                        input.Of(parsed) with
                        {
                            Screened = search.Screened,
                        },
                        (cassette, _) => search.Find(cassette).ToList(),
                        output,
                        cancellation
                    )
                )
                {
                    isFound |= matches.Count > 0;
                    foreach (var match in matches)
                    {
                        Show(match with { Path = path }, parsed.GetValue(json), output);
                    }
                }

                // As grep does, the exit code says whether anything matched.
                return Task.FromResult(output.CodeWith(!isFound));
            }
        );
    }

    private static void Show(TextMatch match, bool asJson, Output output)
    {
        if (asJson)
        {
            output.WriteLine(
                JsonLine.Write(writer =>
                {
                    writer.WriteText("path", match.Path);
                    writer.WriteNumber("index", match.Index);
                    writer.WriteText("place", match.Place);
                    writer.WriteText("role", match.Role);
                    writer.WriteNumber("lineNumber", match.LineNumber);
                    writer.WriteText("line", match.Line);
                    writer.WriteNumber("start", match.Start);
                    writer.WriteNumber("length", match.Length);
                })
            );
        }
        else
        {
            var shown = match.Line.Length <= LongestLine ? match.Line : Around(match);
            output.WriteLine(InertText.Of((match with { Line = shown }).ToString()));
        }
    }

    /// <summary>Returns the part of a long line that is around the match.</summary>
    private static string Around(TextMatch match)
    {
        var begin = Math.Clamp(match.Start - (LongestLine / 4), 0, match.Line.Length - LongestLine);
        var end = begin + LongestLine;
        return $"{(begin > 0 ? "…" : string.Empty)}{match.Line[begin..end]}{(end < match.Line.Length ? "…" : string.Empty)}";
    }
}
