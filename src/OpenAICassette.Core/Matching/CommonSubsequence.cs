namespace OpenAICassette.Matching;

/// <summary>Computes the longest common subsequence of two lists of hashes.</summary>
internal static class CommonSubsequence
{
    private const int MostCells = 1_000_000;

    /// <summary>
    /// Returns the indexes outside the subsequence. If the search is too expensive, it returns everything between the
    /// common start and end.
    /// </summary>
    public static (List<int> Left, List<int> Right) Others(UInt128[] left, UInt128[] right, ComparisonBudget budget)
    {
        var start = left.AsSpan().CommonPrefixLength(right);
        var end = 0;
        while (end < left.Length - start && end < right.Length - start && left[^(end + 1)] == right[^(end + 1)])
        {
            end++;
        }

        var rows = left.Length - start - end;
        var columns = right.Length - start - end;
        var cells = (long)rows * columns;
        return cells is 0 or > MostCells || !budget.TrySpendOrSkip(cells)
            ? ([.. Enumerable.Range(start, rows)], [.. Enumerable.Range(start, columns)])
            : Others(left.AsSpan(start, rows), right.AsSpan(start, columns), start);
    }

    private static (List<int> Left, List<int> Right) Others(
        ReadOnlySpan<UInt128> left,
        ReadOnlySpan<UInt128> right,
        int start
    )
    {
        var lengths = Lengths(left, right);
        var others = (Left: new List<int>(), Right: new List<int>());
        for (int row = 0, column = 0; row < left.Length || column < right.Length; )
        {
            if (row < left.Length && column < right.Length && left[row] == right[column])
            {
                row++;
                column++;
            }
            else if (
                column == right.Length
                || (row < left.Length && lengths[row + 1, column] >= lengths[row, column + 1])
            )
            {
                others.Left.Add(start + row++);
            }
            else
            {
                others.Right.Add(start + column++);
            }
        }

        return others;
    }

    /// <summary>Returns how much the remainders from each pair of positions have in common.</summary>
    private static int[,] Lengths(ReadOnlySpan<UInt128> left, ReadOnlySpan<UInt128> right)
    {
        var lengths = new int[left.Length + 1, right.Length + 1];
        for (var row = left.Length - 1; row >= 0; row--)
        {
            for (var column = right.Length - 1; column >= 0; column--)
            {
                lengths[row, column] =
                    left[row] == right[column]
                        ? lengths[row + 1, column + 1] + 1
                        : Math.Max(lengths[row + 1, column], lengths[row, column + 1]);
            }
        }

        return lengths;
    }
}
