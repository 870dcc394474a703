namespace OpenAICassette.Matching;

/// <summary>
/// Collects the differences of two requests. All are counted, but only the first ones are kept, so that a report stays
/// short.
/// </summary>
internal sealed class DifferenceList
{
    private const int Most = 20;
    private const int MostBytes = 11 * 1024;

    private readonly List<RequestDifference> _shown = [];
    private int _bytes;

    /// <summary>Gets the first differences.</summary>
    public IReadOnlyList<RequestDifference> Shown => _shown;

    /// <summary>Gets the number of differences.</summary>
    public int Total { get; private set; }

    /// <summary>Gets the total weight of the differences.</summary>
    public double Weight { get; private set; }

    /// <summary>Gets whether the comparison ended early.</summary>
    public bool IsCut { get; set; }

    /// <summary>Counts a difference.</summary>
    /// <param name="weight">Its weight.</param>
    /// <returns>True if the difference should be kept: call <see cref="Add"/> next.</returns>
    public bool Count(double weight)
    {
        Total++;
        Weight += weight;
        return _shown.Count < Most && _bytes < MostBytes;
    }

    /// <summary>Keeps a counted difference, unless it is too long.</summary>
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
