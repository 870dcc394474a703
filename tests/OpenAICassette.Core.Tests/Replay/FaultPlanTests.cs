namespace OpenAICassette.Tests;

public class FaultPlanTests
{
    private static readonly Fault[] s_faults =
    [
        Fault.Parse("429"),
        Fault.Parse("Disconnect@1"),
        Fault.Parse("Stall@2"),
    ];

    [Fact]
    public void Without_a_rate_the_first_requests_get_one_fault_each() =>
        Assert.Equal([.. s_faults, null, null], Take(new FaultPlan(s_faults), 5));

    [Fact]
    public void With_the_same_seed_the_same_requests_get_the_same_faults_and_with_another_others()
    {
        var faults = Take(new FaultPlan(s_faults, 0.3, 7), 1_000);
        Assert.Equal(faults, Take(new FaultPlan(s_faults, 0.3, 7), 1_000));
        Assert.NotEqual(faults, Take(new FaultPlan(s_faults, 0.3, 8), 1_000));
        Assert.InRange(faults.Count(fault => fault is not null), 230, 370);
        Assert.All(s_faults, fault => Assert.InRange(faults.Count(taken => taken == fault), 50, 150));
    }

    [Fact]
    public void A_rate_of_zero_gives_none_and_one_gives_all()
    {
        Assert.All(Take(new FaultPlan(s_faults, 0), 200), Assert.Null);
        Assert.All(Take(new FaultPlan(s_faults, 1), 200), Assert.NotNull);
        Assert.All(Take(new FaultPlan([], 1), 5), Assert.Null);
    }

    [Theory]
    [InlineData("400", FaultKind.Status, 400)]
    [InlineData("599", FaultKind.Status, 599)]
    [InlineData("Disconnect@5", FaultKind.Disconnect, 5)]
    [InlineData("disconnect@5", FaultKind.Disconnect, 5)]
    [InlineData("Disconnect", FaultKind.Disconnect, 0)]
    [InlineData("SlowFirstByte@0.5", FaultKind.SlowFirstByte, 0.5)]
    [InlineData("SlowFirstByte", FaultKind.SlowFirstByte, 5)]
    public void A_fault_is_written_so(string text, FaultKind kind, double value)
    {
        Assert.Equal(new Fault(kind, value), Fault.Parse(text));
        Assert.Equal(new Fault(kind, value), Fault.Parse(Fault.Parse(text).ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("399")]
    [InlineData("600")]
    [InlineData("-429")]
    [InlineData(" 429")]
    [InlineData("429@1")]
    [InlineData("Status@429")]
    [InlineData("1@2")]
    [InlineData("Disconnect@")]
    [InlineData("Disconnect@-1")]
    [InlineData("Disconnect@1.5")]
    [InlineData("Disconnect@1@2")]
    [InlineData("Disconnect@1e3")]
    [InlineData("SlowFirstByte@NaN")]
    [InlineData("SlowFirstByte@99999999999999999999")]
    [InlineData("Disconnect,Stall")]
    [InlineData("Explode@1")]
    public void This_is_no_fault(string? text)
    {
        Assert.False(Fault.TryParse(text, null, out _));
        Assert.StartsWith(
            $"'{text}' is not a valid fault. Use a status such as 429, or one of Disconnect@5",
            Assert.Throws<FormatException>(() => Fault.Parse(text!)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_example_is_a_fault() =>
        Assert.All(Fault.Examples, example => Assert.Equal(example, Fault.Parse(example).ToString()));

    private static List<Fault?> Take(FaultPlan plan, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => plan.Next())];
}
