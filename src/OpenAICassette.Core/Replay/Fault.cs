using System.Globalization;

namespace OpenAICassette;

/// <summary>Represents a fault to inject into an answer.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Value">
/// The status; for <see cref="FaultKind.SlowFirstByte"/> the seconds; for all others after how many events it happens.
/// </param>
public sealed record Fault(FaultKind Kind, double Value) : IParsable<Fault>
{
    private const double SlowSeconds = 5;
    private const double Most = 86_400;

    /// <summary>Gets examples of fault texts, for completion.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "429",
        "500",
        "503",
        "Disconnect@5",
        "Stall@3",
        "TruncatedEvent@2",
        "MalformedJson@2",
        "BrokenChunk@2",
        "SlowFirstByte@5",
    ];

    /// <summary>Gets the delay before the first byte.</summary>
    internal TimeSpan FirstByteDelay =>
        Kind == FaultKind.SlowFirstByte && Value > 0 ? TimeSpan.FromSeconds(Math.Min(Value, Most)) : TimeSpan.Zero;

    /// <summary>Returns the fault as text, for example 429 or Disconnect@5.</summary>
    public override string ToString() =>
        Kind == FaultKind.Status
            ? Value.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Kind}@{Value}");

    /// <summary>
    /// Parses a fault: a status from 400 to 599, or a kind, optionally followed by @ and a number up to 86,400.
    /// </summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException">The text is not a valid fault.</exception>
    public static Fault Parse(string s) =>
        TryParse(s, CultureInfo.InvariantCulture, out var fault)
            ? fault
            : throw new FormatException(
                $"'{s}' is not a valid fault. Use a status such as 429, or one of {string.Join(", ", Examples.Skip(3))}"
            );

    /// <inheritdoc/>
    static Fault IParsable<Fault>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static bool TryParse(
        string? s,
        IFormatProvider? provider,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Fault? result
    )
    {
        result = null;
        var parts = (s ?? string.Empty).Split('@');
        if (
            parts.Length == 1
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        )
        {
            result = status is >= 400 and <= 599 ? new Fault(FaultKind.Status, status) : null;
            return result is not null;
        }

        var value = 0.0;
        if (
            parts.Length > 2
            || !Enum.TryParse<FaultKind>(parts[0], ignoreCase: true, out var kind)
            || kind == FaultKind.Status
            || !parts[0].All(char.IsAsciiLetter)
            || (
                parts.Length == 2
                && !double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
            )
            || (kind != FaultKind.SlowFirstByte && value != Math.Floor(value))
            || !(value <= Most)
        )
        {
            return false;
        }

        result = new Fault(
            kind,
            parts.Length == 2 ? value
                : kind == FaultKind.SlowFirstByte ? SlowSeconds
                : 0
        );
        return true;
    }
}
