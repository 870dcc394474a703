using System.CommandLine;
using System.CommandLine.Parsing;
using OpenAICassette.Facts;

namespace OpenAICassette.Cli;

/// <summary>Provides what all commands share: one output, and an exit code whatever happens.</summary>
internal static class CliCommand
{
    /// <summary>The exit code after Ctrl+C, as in shells.</summary>
    private const int Interrupted = 130;

    /// <summary>Creates a command.</summary>
    /// <param name="command">The command with its arguments and options.</param>
    /// <param name="run">Runs the command and returns the exit code.</param>
    public static Command Runs(this Command command, Func<ParseResult, Output, CancellationToken, Task<int>> run)
    {
        command.SetAction(
            async (parsed, cancellation) =>
            {
                using var output = new Output();
                try
                {
                    var code = await Start(() => run(parsed, output, cancellation)).ConfigureAwait(false);
                    output.Flush();
                    return code;
                }
                catch (OperationCanceledException)
                {
                    return Interrupted;
                }
                catch (OutputException e)
                {
                    if (!e.IsReaderGone)
                    {
                        Console.Error.WriteLine($"{Output.Program}: {e.Message}");
                    }

                    return ExitCode.Problem;
                }
                catch (CassetteException e)
                {
                    output.Problem(e);
                    return output.Code;
                }
                catch (Exception e) when (e is RuleFileException or BaselineException or PriceFileException)
                {
                    output.Problem(e.Message);
                    return ExitCode.Problem;
                }
                catch (Exception e)
                {
                    output.Problem(CassetteException.Of(e, command.Name));
                    return output.Code;
                }
            }
        );
        return command;
    }

    /// <summary>Returns an option whose value is one of the names of an enumeration, in lower case.</summary>
    public static Option<T> OneOf<T>(string name, string description, T standard)
        where T : struct, Enum
    {
        var option = new Option<T>(name)
        {
            Description = description,
            DefaultValueFactory = _ => standard,
            HelpName = Names<T>('|'),
            CustomParser = Parse<T>,
        };
        return option;
    }

    /// <summary>Returns an option as <see cref="OneOf"/> does, whose value is null if it is not specified.</summary>
    public static Option<T?> OneOfOrNone<T>(string name, string description)
        where T : struct, Enum =>
        new(name)
        {
            Description = description,
            HelpName = Names<T>('|'),
            CustomParser = result => Parse<T>(result),
        };

    /// <summary>
    /// Runs a command on a thread of its own: Ctrl+C is handled only once there is a task to wait for, and until then
    /// would end the program with all that it has not written.
    /// </summary>
    private static Task<int> Start(Func<Task<int>> run) =>
        Task
            .Factory.StartNew(
                run,
                CancellationToken.None,
                TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Default
            )
            .Unwrap();

    private static string Names<T>(char separator)
        where T : struct, Enum => string.Join(separator, Enum.GetNames<T>()).ToLowerInvariant();

    private static T Parse<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var word = result.Tokens[0].Value;
        if (Enum.TryParse<T>(word, ignoreCase: true, out var value) && char.IsAsciiLetter(word[0]))
        {
            return value;
        }

        var name = ((OptionResult)result.Parent!).Option.Name;
        result.AddError($"{name} takes {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}; got '{word}'");
        return default;
    }
}
