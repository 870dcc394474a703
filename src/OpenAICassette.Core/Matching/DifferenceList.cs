namespace OpenAICassette.Matching;

/// <summary>
/// The differences of two requests. All are counted; only the first ones are kept, so that a report stays short.
/// </summary>
internal sealed class DifferenceList
{
    private const int Most = 20;
    private const int MostBytes = 11 * 1024;

    private readonly List<RequestDifference> _shown = [];
    private int _bytes;

    /// <summary>The first differences.</summary>
    public IReadOnlyList<RequestDifference> Shown => _shown;

    /// <summary>How many there are.</summary>
    public int Total { get; private set; }

    /// <summary>How much they weigh together.</summary>
    public double Weight { get; private set; }

    /// <summary>True when the requests were not compared to their end.</summary>
    public bool IsCut { get; set; }

    /// <summary>Counts a difference.</summary>
    /// <param name="weight">How much it weighs.</param>
    /// <returns>True when it is one of those that are kept: then <see cref="Add"/> is to follow.</returns>
    public bool Count(double weight)
    {
        Total++;
        Weight += weight;
        return _shown.Count < Most && _bytes < MostBytes;
    }

    /// <summary>Keeps a difference that was counted, if it is not too long.</summary>
    public void Add(RequestDifference difference)
    {
        _bytes +=
            DifferenceText.BytesInJson(difference.Pointer)
            + DifferenceText.BytesInJson(difference.Message)
            + DifferenceText.BytesInJson(difference.Recorded ?? string.Empty)
            + DifferenceText.BytesInJson(difference.Received ?? string.Empty);
        if (_bytes <= MostBytes || _shown.Count == 0)
        {
            _shown.Add(difference);
        }
    }
}
