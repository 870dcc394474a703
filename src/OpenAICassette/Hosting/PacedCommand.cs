using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Represents a cmdlet that streams recorded answers at a pace.</summary>
public abstract class PacedCommand : CassetteInputCommand
{
    /// <summary>The speed of streams relative to the recording; without it, there is no delay.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double Speed { get; set; }

    /// <summary>The number of stream events per second, regardless of the recording.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double TokensPerSecond { get; set; }

    /// <summary>
    /// The delay before the first event, regardless of the recording; a plain number is in milliseconds.
    /// </summary>
    [Parameter]
    [Milliseconds]
    public TimeSpan TimeToFirstToken { get; set; }

    /// <summary>Returns the pace that the parameters specify.</summary>
    /// <param name="usualSpeed">The speed without <see cref="Speed"/>; null for no delay.</param>
    private protected ReplayPace Pace(double? usualSpeed = null) =>
        new()
        {
            Speed = IsBound(nameof(Speed)) ? Speed : usualSpeed,
            TokensPerSecond = IsBound(nameof(TokensPerSecond)) ? TokensPerSecond : null,
            TimeToFirstToken = IsBound(nameof(TimeToFirstToken)) ? TimeToFirstToken : null,
        };
}
