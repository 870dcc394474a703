using System.Text;
using OpenAICassette.Facts;

namespace OpenAICassette.Tests;

public sealed class PriceListTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_longest_pattern_that_matches_applies()
    {
        var prices = PriceList.Read(
            _folder.Add(
                "prices.json",
                """
                {"gpt-4o*":{"prompt":2.5,"completion":10,"cached":1.25},"gpt-4o-mini*":{"prompt":0.15,"completion":0.6},
                "*":{"prompt":1,"completion":1}}
                """u8
            )
        );
        Assert.Equal(new TokenPrice(2.5m, 10, 1.25m), prices.Find("gpt-4o-2024-08-06"));
        Assert.Equal(new TokenPrice(0.15m, 0.6m), prices.Find("GPT-4o-mini"));
        Assert.Equal(new TokenPrice(1, 1), prices.Find(null));
    }

    [Fact]
    public void A_model_without_a_price_has_none()
    {
        var prices = new PriceList([new(@"a\b", new TokenPrice(1, 1))]);
        Assert.Null(prices.Find("gpt-4o"));
        Assert.NotNull(prices.Find(@"a\b"));
    }

    [Theory]
    [InlineData("[]", "expected an object with a price for each model")]
    [InlineData("{\"m\":{\"prompt\":1}}", "the price of 'm' must be an object with the numbers prompt and completion")]
    [InlineData("{\"m\":{\"prompt\":-1,\"completion\":1}}", "the price of 'm' must be")]
    [InlineData("{", "Expected depth")]
    public void A_file_that_is_not_valid_is_an_error_that_names_it(string text, string problem)
    {
        var path = _folder.Add("prices.json", Encoding.UTF8.GetBytes(text));
        var error = Assert.Throws<PriceFileException>(() => PriceList.Read(path));
        Assert.StartsWith($"{path}: {problem}", error.Message, StringComparison.Ordinal);
    }
}
