using System.CommandLine;

namespace OpenAICassette.Cli;

/// <summary>The files and folders of a command line.</summary>
/// <param name="Paths">Files, folders, or - for standard input.</param>
/// <param name="Format">The format to read them in; null for the one that their content shows.</param>
internal sealed record InputPaths(IReadOnlyList<string> Paths, string? Format)
{
    /// <summary>Gets what rules files out by their bytes; null to read every file.</summary>
    public Func<CassetteFile, CassetteFile>? Screened { get; init; }

    /// <summary>Returns the files of one of the paths.</summary>
    /// <param name="path">The path.</param>
    /// <param name="anyText">Whether other texts are read too.</param>
    public IEnumerable<CassetteFile> Find(string path, bool anyText)
    {
        var files = anyText ? CassetteStore.FindText(path, recurse: true) : CassetteStore.Find(path, recurse: true);
        files = Screened is null ? files : files.Select(Screened);
        return Format is null ? files : files.Select(file => file with { Format = Format });
    }
}

/// <summary>The argument and the option of commands that read cassettes.</summary>
internal sealed class InputOptions
{
    private readonly Option<string?> _format = FormatOption.Create(
        "--format",
        "Read the files in this format. By default, their content shows the format.",
        CassetteFormats.All.Select(info => info.Name)
    );

    /// <summary>Gets the argument with the paths.</summary>
    public Argument<string[]> Paths { get; } =
        new("PATH")
        {
            Description = "Files, folders (searched recursively), or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };

    /// <summary>Adds the argument and the option to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Paths);
        command.Add(_format);
    }

    /// <summary>Returns what a command line says.</summary>
    public InputPaths Of(ParseResult parsed) => new(parsed.GetValue(Paths)!, parsed.GetValue(_format));
}
