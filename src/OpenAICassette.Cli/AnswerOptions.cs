using System.CommandLine;
using OpenAICassette.Matching;

namespace OpenAICassette.Cli;

/// <summary>The options that specify how a server matches and answers requests.</summary>
internal sealed class AnswerOptions
{
    private readonly Option<string[]> _ignore = new("--ignore-member")
    {
        Description = "A request member to ignore, as a JSON pointer in which * matches any step.",
    };
    private readonly Option<string[]> _ignoreText = new("--ignore-text")
    {
        Description =
            "A part of texts to ignore: date, duration, path, uuid, claude-code, codex, or a regular expression without look-around.",
    };
    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Match only requests in which every member is equal.",
    };
    private readonly Option<PlaySequence> _sequence = CliCommand.OneOf(
        "--sequence",
        "What is played if the same request was recorded several times.",
        PlaySequence.Repeat
    );
    private readonly Option<double?> _speed = Number(
        "--speed",
        "The speed of streams relative to the recording; by default there is no delay.",
        least: double.Epsilon
    );
    private readonly Option<double?> _rate = Number(
        "--tokens-per-second",
        "The number of stream events per second, regardless of the recording.",
        least: double.Epsilon
    );
    private readonly Option<double?> _first = Number(
        "--time-to-first-token",
        "The delay before the first event, in milliseconds.",
        least: 0
    );
    private readonly Option<Fault[]> _faults = new("--fault")
    {
        Description =
            $"A fault to inject, for example {string.Join(", ", Fault.Examples.Skip(2).Take(3))}; "
            + "the first requests get one fault each.",
        CustomParser = result =>
        {
            var faults = new List<Fault>();
            foreach (var token in result.Tokens)
            {
                if (Fault.TryParse(token.Value, null, out var fault))
                {
                    faults.Add(fault);
                }
                else
                {
                    result.AddError($"--fault takes {string.Join(", ", Fault.Examples)}; got '{token.Value}'");
                }
            }

            return [.. faults];
        },
    };

    private readonly Option<double?> _faultRate = Number(
        "--fault-rate",
        "The share of requests, from 0 to 1, that get a random fault.",
        least: 0,
        most: 1
    );
    private readonly Option<int> _faultSeed = new("--fault-seed")
    {
        Description = "The seed for random faults; the same seed gives the same faults.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _ignoreText.Validators.Add(result =>
        {
            if (
                result.Tokens.Select(token => TextPatterns.ProblemOf(token.Value)).FirstOrDefault(p => p is not null) is
                { } problem
            )
            {
                result.AddError($"--ignore-text: {problem}");
            }
        });
        Option[] options =
        [
            _ignore,
            _ignoreText,
            _strict,
            _sequence,
            _speed,
            _rate,
            _first,
            _faults,
            _faultRate,
            _faultSeed,
        ];
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Returns what the options specify.</summary>
    public ReplayOptions Replay(ParseResult parsed) =>
        new()
        {
            Match = new MatchOptions
            {
                IgnoreMembers = parsed.GetValue(_ignore) ?? [],
                IgnoreTexts = parsed.GetValue(_ignoreText) ?? [],
                Strict = parsed.GetValue(_strict),
                Sequence = parsed.GetValue(_sequence),
            },
            Pace = new ReplayPace
            {
                Speed = parsed.GetValue(_speed),
                TokensPerSecond = parsed.GetValue(_rate),
                TimeToFirstToken = parsed.GetValue(_first) is { } first ? TimeSpan.FromMilliseconds(first) : null,
            },
            Faults = new FaultPlan(
                parsed.GetValue(_faults) ?? [],
                parsed.GetValue(_faultRate),
                parsed.GetValue(_faultSeed)
            ),
        };

    private static Option<double?> Number(string name, string description, double least, double most = double.MaxValue)
    {
        var option = new Option<double?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } value && !(value >= least && value <= most))
            {
                var range =
                    most < double.MaxValue ? $"from {least} to {most}"
                    : least > 0 ? "above zero"
                    : "of zero or more";
                result.AddError($"{name} takes a number {range}");
            }
        });
        return option;
    }
}
