using System.CommandLine;
using OpenAICassette.Conversion;
using OpenAICassette.Formats;

namespace OpenAICassette.Cli;

/// <summary><c>cassette convert</c>: writes cassettes as canonical text of a format.</summary>
internal static class ConvertCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var input = new InputOptions();
        var format = FormatOption.Create("--to", "The format to write.", CassetteFormats.Writable);
        format.Required = true;
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
        var index = new Option<int?>("--index")
        {
            Description = "Write only the interaction at this position, from 0; -1 is the last one.",
            HelpName = "N",
        };
        var command = new Command("convert", "Write cassettes in another format, or in the layout of their own.")
        {
            format,
            folder,
            split,
            join,
            index,
        };
        input.AddTo(command);
        return command.Runs(
            (parsed, output, cancellation) =>
            {
                var run = new ConversionRun(
                    CassetteDestination.OfFolder(parsed.GetValue(folder)!),
                    parsed.GetValue(format)!,
                    parsed.GetValue(split)
                );
                var name = parsed.GetValue(join);
                foreach (var (cassette, path) in CassetteInput.Load(input.Of(parsed), output, cancellation))
                {
                    if (parsed.GetValue(index) is { } at)
                    {
                        output.Try(path, () => run.Write(cassette, at, cancellation));
                    }
                    else if (name is null)
                    {
                        output.Try(path, () => run.Write(cassette, cancellation));
                    }
                    else
                    {
                        run.Take(cassette);
                    }
                }

                if (name is not null && parsed.GetValue(index) is null)
                {
                    var meter = output.Measure(() => run.Taken);
                    output.Try(name, () => run.WriteJoined(name, () => meter?.Add(), cancellation));
                    output.ClearProgress();
                }

                if (run.Warning is { } warning)
                {
                    output.Note(warning);
                }

                return Task.FromResult(output.Code);
            }
        );
    }
}
