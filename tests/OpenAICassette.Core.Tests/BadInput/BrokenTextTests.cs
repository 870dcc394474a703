using System.Text;

namespace OpenAICassette.Tests;

/// <summary>
/// Text that is no recording: always a <see cref="CassetteException"/> that names the file, the place and what was
/// expected.
/// </summary>
public sealed class BrokenTextTests : IDisposable
{
    private const string Expected = "expected an object with the members \"request\" and \"response\"";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("not JSON", 1, 1)]
    [InlineData("{\"request\": {}", 1, 15)]
    [InlineData("{\n  \"request\": {\"url\": tru}}", 2, 22)]
    [InlineData("{\"request\":{\"url\":\"x\"},\n\"response\":{\"body\":1}}\ngarbage", 3, 1)]
    [InlineData("{\"request\":{\"url\":\"x\"},\"response\":{\"body\":1}}{}", 1, 46)]
    [InlineData("{\"request\":{\"url\":\"x\"},\"response\":{\"body\":NaN}}", 1, 43)]
    [InlineData("   ", 1, 4)]
    public void Text_that_is_not_JSON_is_refused_with_its_line_and_column(string text, int line, int column)
    {
        var error = Refused(CassetteError.CassetteInvalidJson, Encoding.UTF8.GetBytes(text));
        var offset = text.Split('\n').Take(line - 1).Sum(passed => passed.Length + 1) + column - 1;
        Assert.Contains(
            $"not JSON at line {line}, column {column} (byte offset {offset}): ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(offset, error.Offset);
    }

    [Theory]
    [InlineData("[]", "expected the document to be an object, found an array", 0)]
    [InlineData(" 12.5", "expected the document to be an object, found a number", 1)]
    [InlineData("\"text\"", "expected the document to be an object, found a string", 0)]
    [InlineData("null", "expected the document to be an object, found null", 0)]
    [InlineData("{}", Expected, 0)]
    [InlineData("{\"request\": {\"url\": \"x\"}}", Expected, 0)]
    [InlineData("{\"request\": [1], \"response\": {}}", "expected /request to be an object, found an array", 12)]
    [InlineData(
        "{\"request\": {\"url\": \"x\"}, \"response\": \"r\"}",
        "expected /response to be an object, found a string",
        38
    )]
    [InlineData(
        "{\"request\": {\"a\": 1}, \"response\": {\"body\": 1}}",
        "expected /request to have a \"url\", an \"endpoint\", a \"tool_name\" or an \"api\"",
        12
    )]
    [InlineData("{\"request\": {\"url\": \"x\"}, \"response\": {}}", "expected /response to have a \"body\"", 38)]
    public void JSON_of_another_shape_is_refused_with_what_was_expected(string text, string expectation, int offset)
    {
        var error = Refused(CassetteError.CassetteFormatUnknown, Encoding.UTF8.GetBytes(text));
        Assert.Equal(
            $"{error.Path}: not a recording at line 1, column {offset + 1} (byte offset {offset}): {expectation}",
            error.Message
        );
        Assert.Equal(offset, error.Offset);
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        var error = Refused(CassetteError.CassetteInvalidJson, []);
        Assert.Equal($"{error.Path}: the file is empty; expected a JSON object", error.Message);
    }

    [Fact]
    public void The_example_cut_short_anywhere_is_refused_at_a_place_before_the_cut()
    {
        var whole = File.ReadAllBytes(Repository.Capitals);
        for (var length = 97; length < whole.Length; length += 97)
        {
            var error = Assert.Throws<CassetteException>(() => BuiltCassette.Open(whole[..length]));
            Assert.Equal(CassetteError.CassetteInvalidJson, error.Error);
            Assert.Equal("built.json", error.Path);
            Assert.InRange(error.Offset!.Value, 0, length);
            Assert.Contains($"(byte offset {error.Offset}): ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_byte_order_mark_counts_in_the_place_of_an_error()
    {
        var error = Refused(CassetteError.CassetteInvalidJson, [0xEF, 0xBB, 0xBF, .. "{\n !"u8]);
        Assert.Contains("line 2, column 2 (byte offset 6)", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, Refused(CassetteError.CassetteFormatUnknown, [0xEF, 0xBB, 0xBF, .. "[]"u8]).Offset);
    }

    [Fact]
    public void A_depth_of_10000_is_refused_where_it_becomes_too_deep()
    {
        var start = """{"request": {"url": "x"}, "response": {"body": """;
        var text = start + new string('[', 10_000) + new string(']', 10_000) + "}}";
        var error = Refused(CassetteError.CassetteInvalidJson, Encoding.UTF8.GetBytes(text));
        Assert.InRange(
            error.Offset!.Value,
            start.Length + OpenAICassette.Text.OpenContainers.MaxDepth - 4,
            start.Length + OpenAICassette.Text.OpenContainers.MaxDepth
        );
    }

    [Fact]
    public void One_string_of_100_MB_is_refused()
    {
        var text = new byte[100_000_000];
        text.AsSpan().Fill((byte)'x');
        text[0] = text[^1] = (byte)'"';
        Assert.Equal(0, Refused(CassetteError.CassetteFormatUnknown, text).Offset);
        text[^1] = (byte)'x';
        Assert.InRange(Refused(CassetteError.CassetteInvalidJson, text).Offset!.Value, 0, text.Length);
    }

    private CassetteException Refused(CassetteError expected, byte[] content)
    {
        var path = _folder.Add("bad.json", content);
        var error = Assert.Throws<CassetteException>(() => CassetteStore.Open(path));
        Assert.Equal((expected, path), (error.Error, error.Path));
        Assert.StartsWith($"{path}: ", error.Message, StringComparison.Ordinal);
        return error;
    }
}
