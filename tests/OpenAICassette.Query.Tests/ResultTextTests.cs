using OpenAICassette.Query.Ask;

namespace OpenAICassette.Query.Tests;

public sealed class ResultTextTests
{
    private static readonly string[] s_columns = ["name", "calls", "tools", "at"];
    private static readonly object?[][] s_rows =
    [
        ["a,\"b\"\n", 12L, new List<string> { "x", "y" }, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)],
        [null, 1.5, new Dictionary<string, object?> { ["k"] = true }, null],
    ];

    [Fact]
    public void JSON_is_an_object_on_each_line() =>
        Assert.Equal(
            [
                """{"name":"a,\"b\"\n","calls":12,"tools":["x","y"],"at":"2026-01-02T03:04:05Z"}""",
                """{"name":null,"calls":1.5,"tools":{"k":true},"at":null}""",
            ],
            ResultText.Lines(s_columns, s_rows, ResultFormat.Json)
        );

    [Fact]
    public void CSV_quotes_what_needs_it() =>
        Assert.Equal(
            [
                "name,calls,tools,at",
                "\"a,\"\"b\"\"\n\",12,\"[\"\"x\"\",\"\"y\"\"]\",2026-01-02T03:04:05Z",
                ",1.5,\"{\"\"k\"\":true}\",",
            ],
            ResultText.Lines(s_columns, s_rows, ResultFormat.Csv)
        );

    [Fact]
    public void A_table_aligns_numbers_to_the_right_and_shows_control_characters() =>
        Assert.Equal(
            ["NAME    CALLS", "a␛[31m     12", "日本      1.5"],
            ResultText.Lines(
                ["name", "calls"],
                [
                    ["a\u001b[31m", 12L],
                    ["日本", 1.5],
                ],
                ResultFormat.Table
            )
        );

    [Theory]
    [InlineData("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("a\u001b[2J", "a␛[2J")]
    [InlineData("::error::x", ": :error::x")]
    [InlineData("a\n::error::x", "\"a\n: :error::x\"")]
    [InlineData("##vso[x]", "# #vso[x]")]
    [InlineData("gpt-4o", "gpt-4o")]
    public void A_text_of_CSV_is_no_formula_and_no_command(string text, string written) =>
        Assert.Equal(
            ["a", written],
            ResultText.Lines(
                ["a"],
                [
                    [text],
                ],
                ResultFormat.Csv
            )
        );

    [Fact]
    public void A_negative_number_of_CSV_stays_a_number() =>
        Assert.Equal(
            ["a", "-1"],
            ResultText.Lines(
                ["a"],
                [
                    [-1L],
                ],
                ResultFormat.Csv
            )
        );
}
