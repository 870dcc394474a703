using System.Reflection;
using Xunit.v3;

namespace OpenAICassette.Xunit.Tests;

public sealed class UseCassetteAttributeTests
{
    private static readonly MethodInfo s_method = typeof(UseCassetteAttributeTests).GetMethod(
        nameof(A_request_without_a_recording_fails_the_test)
    )!;

    [Fact]
    public async Task A_request_without_a_recording_fails_the_test()
    {
        var test = (IXunitTest)TestContext.Current.Test!;
        var attribute = new UseCassetteAttribute
        {
            Path = "cassettes/AtlasTests/Names_the_capital_of_France",
            Mode = RecordMode.None,
        };
        attribute.Before(s_method, test);
        using var atlas = new Atlas();
        Assert.Equal("cassette_miss", await atlas.CapitalOfAsync("Peru"));
        var problem = Assert.Throws<CassetteVerificationException>(() => attribute.After(s_method, test));
        Assert.Contains("capital of Peru", problem.Message, StringComparison.Ordinal);
        Assert.Null(CassetteSession.Current);
    }
}
