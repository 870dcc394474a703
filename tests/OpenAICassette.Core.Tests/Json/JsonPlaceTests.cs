using System.Text;
using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Tests;

public class JsonPlaceTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 2, 1)]
    [InlineData(6, 2, 5)]
    [InlineData(7, 3, 1)]
    [InlineData(99, 3, 3)]
    public void A_place_counts_lines_from_line_feeds_and_columns_in_bytes(long offset, long line, long column)
        => Assert.Equal((line, column), Line(JsonPlace.Of("a\néé\nxy"u8[..9], offset)));

    [Theory]
    [InlineData("{\"a\": tru}")]
    [InlineData("{\n\n  \"é\": 1,\n  \"b\": +1\n}")]
    [InlineData("[1,\r\n2,\r\n]")]
    public void The_place_where_a_parser_stopped_is_the_one_it_names(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var stopped = Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(bytes).Dispose());
        var place = JsonPlace.Of(bytes, stopped);
        Assert.Equal((stopped.LineNumber + 1, stopped.BytePositionInLine + 1), (place.Line, place.Column));
        Assert.Equal(bytes.Take((int)place.Offset).Count(value => value == '\n') + 1, place.Line);
    }

    [Fact]
    public void The_first_byte_that_is_no_UTF_8_is_found()
    {
        Assert.Null(JsonPlace.OfInvalidUtf8("é😀"u8));
        Assert.Equal(6, JsonPlace.OfInvalidUtf8([.. "é😀"u8, 0xFF])!.Value.Offset);
        Assert.Equal(1, JsonPlace.OfInvalidUtf8([(byte)'a', 0xE2, 0x82])!.Value.Offset);
        Assert.Equal(0, JsonPlace.OfInvalidUtf8([0xED, 0xA0, 0x80])!.Value.Offset);
    }

    [Fact]
    public void A_place_reads_as_line_column_and_offset()
        => Assert.Equal("line 3, column 5 (byte offset 47)", new JsonPlace(47, 3, 5).ToString());

    private static (long Line, long Column) Line(JsonPlace place) => (place.Line, place.Column);
}
