using System.Text;
using OpenAICassette.Baselines;
using OpenAICassette.Facts;

namespace OpenAICassette.Tests;

/// <summary>Inputs that once crashed a reader.</summary>
public class FuzzedInputTests
{
    [Theory]
    [InlineData("--b\r\n--b\r\n--b--")]
    [InlineData("--b\n--b\n\n--b--")]
    [InlineData("--b\r\n--b")]
    public void A_multipart_body_may_have_delimiters_in_a_row(string body) =>
        Assert.All(Body.FromBytes(Encoding.UTF8.GetBytes(body), "multipart/form-data; boundary=b").Parts, part =>
            Assert.Equal(0, part.Body.Bytes.Length)
        );

    [Fact]
    public void YAML_whose_lines_stand_too_far_left_is_refused_and_not_read_in_another_way()
    {
        var yaml = "version: 1\ninteractions:\n- request:\n    method: POST\n   uest:\n    method: POST\n";
        var error = Assert.Throws<CassetteException>(() =>
            CassetteStore.Open(Encoding.UTF8.GetBytes(yaml), CassetteOrigin.OfMemory("a.yaml"))
        );
        Assert.Equal(CassetteError.CassetteInvalidYaml, error.Error);
        Assert.Contains("at line 5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"m\\ud800\":{\"input\":1}}")]
    [InlineData("{\"m\u00ef\":{\"input\":1}}")]
    public void A_price_list_with_text_that_is_no_Unicode_is_refused(string json)
    {
        using var folder = new TempFolder();
        var path = folder.Add("prices.json", Encoding.Latin1.GetBytes(json));
        Assert.Contains(
            "prices.json",
            Assert.Throws<PriceFileException>(() => PriceList.Read(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{\"version\":1,\"salt\":\"\\ud800\"}")]
    [InlineData("{\"version\":1,\"findings\":[{\"path\":\"\u00b0\"}]}")]
    public void A_baseline_with_text_that_is_no_Unicode_is_refused(string json)
    {
        using var folder = new TempFolder();
        var path = folder.Add("baseline.json", Encoding.Latin1.GetBytes(json));
        Assert.Contains(
            "baseline.json",
            Assert.Throws<BaselineException>(() => BaselineFile.Read(path)).Message,
            StringComparison.Ordinal
        );
    }
}
