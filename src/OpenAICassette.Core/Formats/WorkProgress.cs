using System.Globalization;

namespace OpenAICassette.Formats;

/// <summary>How far work on many files has come.</summary>
/// <param name="Done">The number of files that are done.</param>
/// <param name="Total">The number of all files; null if it is not known yet.</param>
/// <param name="Elapsed">How long the work has taken so far.</param>
internal sealed record WorkProgress(int Done, int? Total, TimeSpan Elapsed)
{
    private const int All = 100;

    /// <summary>Gets the number of files in a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : 0;

    /// <summary>Gets the part that is done, in percent; null if it is not known.</summary>
    public int? Percent => Total is > 0 and var total ? (int)Math.Min(All, (long)Done * All / total) : null;

    /// <summary>Gets the time that the rest will take at the present rate; null if it is not known.</summary>
    public TimeSpan? Left =>
        Total is { } total && Rate > 0 ? TimeSpan.FromSeconds(Math.Ceiling(Math.Max(0, total - Done) / Rate)) : null;

    /// <summary>Returns the number of files and the rate, for people.</summary>
    public override string ToString()
    {
        var of = Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total}") : string.Empty;
        var noun = (Total ?? Done) == 1 ? "file" : "files";
        return string.Create(CultureInfo.InvariantCulture, $"{Done}{of} {noun}, {Rate:0} per second");
    }
}
