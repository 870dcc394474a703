namespace OpenAICassette.Matching;

/// <summary>
/// How much work a miss report may still cause. Work is counted and not timed, so that the same request always gets the
/// same report: a unit is about one byte that is looked at.
/// </summary>
/// <param name="units">How much in all.</param>
/// <param name="cancellation">Ends the work: nobody waits for the report any more.</param>
internal sealed class ComparisonBudget(long units, CancellationToken cancellation = default)
{
    /// <summary>What it costs to find a member's or an element's counterpart.</summary>
    public const int MemberCost = 100;

    /// <summary>What a value costs besides its bytes.</summary>
    private const int UnitsOfValue = 16;

    private long _left = units;

    /// <summary>True when something was left out because it would have cost too much.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>What it costs to go through a value once.</summary>
    public static long CostOf(JsonValue value) =>
        value.Exists ? value.Length + ((long)UnitsOfValue * (value.Tree.Row(value.Row).Next - value.Row)) : 0;

    /// <summary>Takes what a step of the work costs.</summary>
    /// <param name="cost">The cost in units.</param>
    /// <returns>False when it costs more than is left: then the step must be left out.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits for the report any more.</exception>
    public bool TrySpend(long cost)
    {
        var isAffordable = TrySpendOrSkip(cost);
        IsExceeded |= !isAffordable;
        return isAffordable;
    }

    /// <summary>Takes what a step costs that can be left out without a loss that anybody has to know of.</summary>
    /// <param name="cost">The cost in units.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for the report any more.</exception>
    public bool TrySpendOrSkip(long cost)
    {
        cancellation.ThrowIfCancellationRequested();
        if (cost > _left)
        {
            return false;
        }

        _left -= cost;
        return true;
    }
}
