namespace OpenAICassette.Comparison;

/// <summary>Orders comparisons by what a reviewer should see first.</summary>
internal static class ComparisonWeight
{
    /// <summary>Returns how important a comparison is: the larger, the more.</summary>
    public static int Of(CassetteComparison comparison) =>
        comparison.Status switch
        {
            ComparisonStatus.Removed => 6,
            ComparisonStatus.Added => 2,
            _ => comparison.Differences.Select(Of).DefaultIfEmpty(0).Max(),
        };

    private static int Of(CassetteDifference difference) =>
        difference.Area switch
        {
            DifferenceArea.Answer => difference.Place switch
            {
                "error" => 7,
                "model" => 1,
                var place when place.EndsWith(".logprobs", StringComparison.Ordinal) => 1,
                var place when place.EndsWith(".content", StringComparison.Ordinal) && difference.Words.Count > 0 => 4,
                _ => 5,
            },
            DifferenceArea.Request => 3,
            _ => 0,
        };
}
