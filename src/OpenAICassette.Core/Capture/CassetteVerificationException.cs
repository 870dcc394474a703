using OpenAICassette.Capture;

namespace OpenAICassette;

/// <summary>
/// The exception that is thrown when requests were not answered or not recorded, or when recordings were not played.
/// </summary>
public sealed class CassetteVerificationException : Exception
{
    internal CassetteVerificationException(string message, SessionProblems problems, Exception? inner)
        : base(message, inner)
    {
        Misses = [.. problems.Misses];
        Lost = [.. problems.Lost];
        Unused = [.. problems.Unused];
    }

    /// <summary>Gets the reasons why requests were not answered.</summary>
    public IReadOnlyList<MissReport> Misses { get; }

    /// <summary>Gets the requests that should have been recorded and were not.</summary>
    public IReadOnlyList<ReceivedRequest> Lost { get; }

    /// <summary>Gets the recordings that should have been played and were not.</summary>
    public IReadOnlyList<Interaction> Unused { get; }
}
