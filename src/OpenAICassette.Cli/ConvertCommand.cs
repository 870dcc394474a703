using System.CommandLine;
using System.Text.Json;
using OpenAICassette.Conversion;
using OpenAICassette.Formats;

namespace OpenAICassette.Cli;

/// <summary><c>cassette convert</c>: writes cassettes as canonical text of a format.</summary>
internal static class ConvertCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var paths = CassetteInput.Paths();
        var format = new Option<string>("--to")
        {
            Description = $"The format: {string.Join(", ", Formats)}.",
            Required = true,
            HelpName = "FORMAT",
        };
        format.Validators.Add(result =>
        {
            var name = result.GetValueOrDefault<string>();
            if (name is not null && CassetteFormats.ByName(name) is not { Info.CanWrite: true })
            {
                result.AddError($"--to takes {string.Join(", ", Formats)}; got '{name}'");
            }
        });
        var folder = new Option<string>("--out")
        {
            Description = "The folder to write to; relative paths are kept, with the extension of the format.",
            Required = true,
            HelpName = "DIR",
        };
        var split = new Option<bool>("--split") { Description = "Write each interaction to a file of its own." };
        var join = new Option<string>("--join")
        {
            Description = "Write all interactions to one file with this name.",
            HelpName = "NAME",
        };
        return new Command("convert", "Write cassettes in another format, or in the layout of their own.")
        {
            paths,
            format,
            folder,
            split,
            join,
        }.Runs(
            (parsed, output, cancellation) =>
            {
                var run = new ConversionRun(
                    CassetteDestination.OfFolder(parsed.GetValue(folder)!),
                    parsed.GetValue(format)!,
                    parsed.GetValue(split)
                );
                var name = parsed.GetValue(join);
                foreach (var (cassette, path) in CassetteInput.Load(parsed.GetValue(paths)!, output, cancellation))
                {
                    if (name is null)
                    {
                        output.Try(path, () => run.Write(cassette, cancellation));
                    }
                    else
                    {
                        run.Take(cassette);
                    }
                }

                if (name is not null)
                {
                    output.Try(name, () => run.WriteJoined(name, cancellation));
                }

                if (run.Warning is { } warning)
                {
                    output.Note(warning);
                }

                return Task.FromResult(output.Code);
            }
        );
    }

    /// <summary>Gets the names of the formats, as the command line writes them: LlamaStack is llama-stack.</summary>
    private static IEnumerable<string> Formats =>
        CassetteStore.FormatNames.Select(JsonNamingPolicy.KebabCaseLower.ConvertName);
}
