namespace OpenAICassette.Matching;

/// <summary>
/// Limits the work for a miss report. Work is counted, not timed, so the same request always gets the same report. A
/// unit is about one inspected byte.
/// </summary>
/// <param name="units">The limit.</param>
/// <param name="cancellation">Ends the work when the client no longer waits for the report.</param>
internal sealed class ComparisonBudget(long units, CancellationToken cancellation = default)
{
    /// <summary>The cost of finding the counterpart of a member or element.</summary>
    public const int MemberCost = 100;

    /// <summary>The cost of a value in addition to its bytes.</summary>
    private const int UnitsOfValue = 16;

    private long _left = units;

    /// <summary>Gets whether something was left out because it was too expensive.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>Returns the cost of reading a value once.</summary>
    public static long CostOf(JsonValue value) =>
        value.Exists ? value.Length + ((long)UnitsOfValue * (value.Tree.Row(value.Row).Next - value.Row)) : 0;

    /// <summary>Spends the cost of a step.</summary>
    /// <param name="cost">The cost in units.</param>
    /// <returns>False if the cost exceeds what is left; the step must then be left out.</returns>
    /// <exception cref="OperationCanceledException">The client no longer waits for the report.</exception>
    public bool TrySpend(long cost)
    {
        var isAffordable = TrySpendOrSkip(cost);
        IsExceeded |= !isAffordable;
        return isAffordable;
    }

    /// <summary>Spends the cost of an optional step, whose omission is not reported.</summary>
    /// <param name="cost">The cost in units.</param>
    /// <exception cref="OperationCanceledException">The client no longer waits for the report.</exception>
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
