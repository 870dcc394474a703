using System.CommandLine;
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
            Description = "The format: llama-stack.",
            Required = true,
            HelpName = "FORMAT",
        };
        format.Validators.Add(result =>
        {
            var name = result.GetValueOrDefault<string>()?.Replace("-", string.Empty, StringComparison.Ordinal);
            if (name is not null && !CassetteStore.FormatNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"--to takes llama-stack; got '{name}'");
            }
        });
        var folder = new Option<string>("--out")
        {
            Description = "The folder to write to; relative paths and names are kept.",
            Required = true,
            HelpName = "DIR",
        };
        return new Command("convert", "Write cassettes in the layout of a format's own recorder.")
        {
            paths,
            format,
            folder,
        }.Runs(
            (parsed, output, cancellation) =>
            {
                var destination = CassetteDestination.OfFolder(parsed.GetValue(folder)!);
                foreach (var (cassette, path) in CassetteInput.Load(parsed.GetValue(paths)!, output, cancellation))
                {
                    output.Try(path, () =>
                        destination.Write(
                            CassetteStore.Convert(cassette, parsed.GetValue(format)!, cancellation),
                            cancellation
                        )
                    );
                }

                return Task.FromResult(output.Code);
            }
        );
    }
}
