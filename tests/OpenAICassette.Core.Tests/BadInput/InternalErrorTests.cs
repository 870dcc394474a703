namespace OpenAICassette.Tests;

/// <summary>
/// An exception that nobody expected is the error of the file that it came from, and the others go on.
/// </summary>
public sealed class InternalErrorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Work_that_fails_on_one_file_goes_on_with_the_others()
    {
        _folder.AddCapitals("a.json");
        var bad = _folder.AddCapitals("b.json");
        _folder.AddCapitals("c.json");
        var loads = CassetteStore
            .Load(CassetteStore.Find(_folder.FullName, recurse: true), (cassette, _) => Work(cassette, bad))
            .ToList();
        Assert.Equal([1, 0, 1], loads.Select(load => load.Result));
        var error = loads[1].Load.Error!;
        Assert.Null(loads[1].Load.Cassette);
        Assert.Equal((CassetteError.InternalError, bad), (error.Error, error.Path));
        Assert.StartsWith($"{bad}: internal error: InvalidCastException: ", error.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidCastException>(error.InnerException);
    }

    [Fact]
    public void A_health_check_tells_it_apart_from_a_file_that_cannot_be_read()
    {
        var finding = HealthCheck.Of(CassetteException.Of(new InvalidCastException("no cast"), "a.json"));
        Assert.Equal(
            (HealthId.InternalError, HealthSeverity.Error, "a.json"),
            (finding.Id, finding.Severity, finding.Path)
        );
        Assert.StartsWith("internal error: InvalidCastException: no cast", finding.Message, StringComparison.Ordinal);
    }

    private static int Work(Cassette cassette, string bad) =>
        cassette.Path == bad ? throw new InvalidCastException() : 1;
}
