using System.Globalization;
using OpenAICassette.Json;

namespace OpenAICassette.Matching;

/// <summary>Which elements of two arrays are the same, which stand elsewhere, and which of the rest belong together.</summary>
internal sealed class ArrayAlignment
{
    private const int MostCells = 1_000_000;

    private ArrayAlignment(IReadOnlyList<JsonValue> recorded, IReadOnlyList<JsonValue> received, bool isByName)
    {
        Recorded = recorded;
        Received = received;
        IsByName = isByName;
    }

    /// <summary>The recorded elements.</summary>
    public IReadOnlyList<JsonValue> Recorded { get; }

    /// <summary>The elements that came in.</summary>
    public IReadOnlyList<JsonValue> Received { get; }

    /// <summary>True when the elements are known by name, as tools are.</summary>
    public bool IsByName { get; }

    /// <summary>Equal elements that stand elsewhere.</summary>
    public List<(int From, int To)> Moved { get; } = [];

    /// <summary>Elements that differ, and those that only one side has, in order.</summary>
    public List<(int? Recorded, int? Received)> Changed { get; } = [];

    /// <summary>Compares two arrays.</summary>
    public static ArrayAlignment Of(IReadOnlyList<JsonValue> recorded, IReadOnlyList<JsonValue> received, MemberPatterns ignored, bool isByName)
    {
        var alignment = new ArrayAlignment(recorded, received, isByName);
        var before = Hashes(recorded, ignored);
        var after = Hashes(received, ignored);
        var (left, right) = Unmatched(before, after);

        // What is equal but stands elsewhere.
        foreach (var from in left.ToList())
        {
            var to = right.FindIndex(index => after[index] == before[from]);
            if (to >= 0)
            {
                alignment.Moved.Add((from, right[to]));
                left.Remove(from);
                right.RemoveAt(to);
            }
        }

        // What is of the same name or speaker belongs together, and else what stands in the same place.
        foreach (var from in left.ToList())
        {
            var to = right.FindIndex(index => NameOf(recorded[from]) == NameOf(received[index]));
            if (to < 0 && !isByName && left.Count == right.Count)
            {
                to = left.IndexOf(from);
            }

            if (to >= 0)
            {
                alignment.Changed.Add((from, right[to]));
                left.Remove(from);
                right.RemoveAt(to);
            }
        }

        alignment.Changed.AddRange(left.Select(from => ((int?)from, (int?)null)));
        alignment.Changed.AddRange(right.Select(to => ((int?)null, (int?)to)));
        alignment.Changed.RemoveAll(pair => IsIgnored(pair.Recorded, ignored) && IsIgnored(pair.Received, ignored));
        alignment.Changed.Sort((a, b) => (a.Received ?? a.Recorded)!.Value.CompareTo((b.Received ?? b.Recorded)!.Value));
        return alignment;
    }

    /// <summary>By what an element is known: a tool by its name, a message by its speaker, other objects by their type.</summary>
    public static string NameOf(JsonValue element)
        => element["function"]["name"].Text ?? element["name"].Text ?? element["role"].Text ?? element["type"].Text ?? string.Empty;

    private static bool IsIgnored(int? index, MemberPatterns ignored)
    {
        var isIgnored = true;
        _ = index is { } at ? ignored.Inside(at.ToString(CultureInfo.InvariantCulture), out isIgnored) : ignored;
        return isIgnored;
    }

    private static UInt128[] Hashes(IReadOnlyList<JsonValue> elements, MemberPatterns ignored)
        => [.. elements.Select((element, index) => ValueHash.Loose(element, ignored.Inside(index.ToString(CultureInfo.InvariantCulture), out _)))];

    /// <summary>The indexes that are not part of the longest common subsequence.</summary>
    private static (List<int> Left, List<int> Right) Unmatched(UInt128[] left, UInt128[] right)
    {
        var start = left.AsSpan().CommonPrefixLength(right);
        var end = 0;
        while (end < left.Length - start && end < right.Length - start && left[^(end + 1)] == right[^(end + 1)])
        {
            end++;
        }

        var rows = left.Length - start - end;
        var columns = right.Length - start - end;
        if ((long)rows * columns > MostCells)
        {
            return ([.. Enumerable.Range(start, rows)], [.. Enumerable.Range(start, columns)]);
        }

        var lengths = new int[rows + 1, columns + 1];
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var column = columns - 1; column >= 0; column--)
            {
                lengths[row, column] = left[start + row] == right[start + column]
                    ? lengths[row + 1, column + 1] + 1
                    : Math.Max(lengths[row + 1, column], lengths[row, column + 1]);
            }
        }

        var unmatched = (Left: new List<int>(), Right: new List<int>());
        for (int row = 0, column = 0; row < rows || column < columns;)
        {
            if (row < rows && column < columns && left[start + row] == right[start + column])
            {
                row++;
                column++;
            }
            else if (column == columns || (row < rows && lengths[row + 1, column] >= lengths[row, column + 1]))
            {
                unmatched.Left.Add(start + row++);
            }
            else
            {
                unmatched.Right.Add(start + column++);
            }
        }

        return unmatched;
    }
}
