using System.CommandLine;
using OpenAICassette.Formats;

namespace OpenAICassette.Cli;

/// <summary>The cassettes that a command's paths stand for.</summary>
internal static class CassetteInput
{
    /// <summary>Standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The argument that takes files, folders and standard input.</summary>
    public static Argument<string[]> Paths() => new("PATH")
    {
        Description = "Files, folders (searched with all below), or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Loads all cassettes in path order; each file that fails is told as a problem, and the others go on.</summary>
    /// <param name="paths">Files, folders, or - for standard input.</param>
    /// <param name="output">Where problems go.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <returns>Each cassette with its path as the user would write it.</returns>
    public static IEnumerable<(Cassette Cassette, string Path)> Load(IEnumerable<string> paths, Output output, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            if (path == StandardInput)
            {
                if (FromStandardInput(output, cancellation) is { } cassette)
                {
                    yield return (cassette, path);
                }

                continue;
            }

            var found = false;
            foreach (var load in CassetteStore.Load(CassetteStore.Find(path, recurse: true), cancellation))
            {
                found |= load.SkippedBecause is null;
                if (load.Error is { } error)
                {
                    output.Problem(error.Message);
                }
                else if (load.Cassette is { } cassette)
                {
                    yield return (cassette, load.File.Named ? path : Path.Join(path, load.File.RelativePath));
                }
            }

            if (!found)
            {
                output.Problem($"{path}: no cassette in this folder");
            }
        }
    }

    private static Cassette? FromStandardInput(Output output, CancellationToken cancellation)
    {
        try
        {
            using var input = Console.OpenStandardInput();
            return CassetteStore.Open(input, "<stdin>", cancellation);
        }
        catch (CassetteException e)
        {
            output.Problem(e.Message);
            return null;
        }
    }
}
