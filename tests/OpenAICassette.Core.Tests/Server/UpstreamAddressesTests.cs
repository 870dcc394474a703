using OpenAICassette.Server;

namespace OpenAICassette.Tests;

public class UpstreamAddressesTests
{
    [Fact]
    public void A_value_is_the_default_or_the_address_of_a_host()
    {
        var addresses = UpstreamAddresses.Parse([
            "https://api.openai.com/v1",
            "API.anthropic.com=http://127.0.0.1:9000",
            "localhost:8080=http://127.0.0.1:9001/a=b",
        ]);
        Assert.Equal("https://api.openai.com/v1", addresses.Default?.ToString());
        Assert.Equal("http://127.0.0.1:9000/", Find("https://api.anthropic.com/v1"));
        Assert.Equal("http://127.0.0.1:9001/a=b", Find("http://localhost:8080/"));
        Assert.Null(Find("http://localhost/"));
        Assert.Null(UpstreamAddresses.None.Default);

        string? Find(string service) => UpstreamAddresses.Find(addresses.ByHost, new Uri(service))?.ToString();
    }

    [Fact]
    public void An_equals_sign_in_a_URL_belongs_to_it() =>
        Assert.Equal(
            "https://host.example/a=b",
            UpstreamAddresses.Parse(["https://host.example/a=b"]).Default?.ToString()
        );

    [Theory]
    [InlineData("api.openai.com")]
    [InlineData("=https://api.openai.com")]
    [InlineData("a/b=https://api.openai.com")]
    [InlineData("a b=https://api.openai.com")]
    [InlineData("api.openai.com=")]
    [InlineData("api.openai.com=ftp://host.example")]
    [InlineData("https://a.example", "https://b.example")]
    [InlineData("a.example=https://b.example", "A.example=https://c.example")]
    public void Anything_else_is_an_error(params string[] values) =>
        Assert.Throws<FormatException>(() => UpstreamAddresses.Parse(values));
}
