namespace OpenAICassette.Tests;

public sealed class HeaderListTests
{
    private static readonly HeaderList s_headers = new([
        new("Set-Cookie", "a=1"),
        new("Date", "today"),
        new("set-cookie", "b=2"),
    ]);

    [Fact]
    public void Order_case_and_repeats_are_kept() =>
        Assert.Equal(
            ["Set-Cookie: a=1", "Date: today", "set-cookie: b=2"],
            s_headers.Select(field => field.ToString())
        );

    [Fact]
    public void Names_are_found_in_any_case()
    {
        Assert.Equal("a=1", s_headers["SET-COOKIE"]);
        Assert.Equal(["a=1", "b=2"], s_headers.Values("Set-Cookie"));
        Assert.Null(s_headers["Location"]);
    }
}
