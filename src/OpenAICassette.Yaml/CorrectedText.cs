using System.Text;

namespace OpenAICassette;

/// <summary>Represents a text with corrections, which knows where its characters stood before them.</summary>
internal sealed class CorrectedText
{
    private readonly CorrectedText? _before;

    /// <summary>
    /// From an index on, characters stood further on by a number, which is negative where spaces were added.
    /// </summary>
    private readonly List<(int At, int Shift)> _shifts = [];

    /// <summary>Represents a text as it is.</summary>
    public CorrectedText(string text) => Text = text;

    private CorrectedText(CorrectedText before, IEnumerable<Change> changes)
    {
        _before = before;
        var corrected = new StringBuilder(before.Text.Length + 1024);
        var done = 0;
        foreach (var change in changes)
        {
            corrected.Append(before.Text, done, change.At - done).Append(' ', change.Added);
            done = change.At + change.Removed;
            _shifts.Add((corrected.Length, done - corrected.Length));
        }

        Text = corrected.Append(before.Text, done, before.Text.Length - done).ToString();
    }

    /// <summary>Gets whether there are no corrections.</summary>
    public bool IsOriginal => _before is null;

    /// <summary>Gets the text.</summary>
    public string Text { get; }

    /// <summary>Returns the text with changes, which are in order.</summary>
    public CorrectedText With(IEnumerable<Change> changes) => new(this, changes);

    /// <summary>Returns the index that a character had before all corrections.</summary>
    public int IndexBefore(int index)
    {
        if (_before is null)
        {
            return index;
        }

        var found = _shifts.BinarySearch((index, int.MaxValue));
        var last = (found < 0 ? ~found : found) - 1;
        return _before.IndexBefore(last < 0 ? index : index + _shifts[last].Shift);
    }

    /// <summary>Represents spaces that replace others.</summary>
    /// <param name="At">The index.</param>
    /// <param name="Removed">The number of characters that are removed.</param>
    /// <param name="Added">The number of spaces that are added.</param>
    internal readonly record struct Change(int At, int Removed, int Added);
}
