using OpenAICassette.Text;

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
    public void A_place_counts_lines_from_line_feeds_and_columns_in_bytes(long offset, long line, long column) =>
        Assert.Equal((line, column), Line(JsonPlace.Of("a\néé\nxy"u8[..9], offset)));

    [Fact]
    public void The_first_byte_that_is_no_UTF_8_is_found()
    {
        Assert.Null(JsonPlace.OfInvalidUtf8("é😀"u8));
        Assert.Equal(6, JsonPlace.OfInvalidUtf8([.. "é😀"u8, 0xFF])!.Value.Offset);
        Assert.Equal(1, JsonPlace.OfInvalidUtf8([(byte)'a', 0xE2, 0x82])!.Value.Offset);
        Assert.Equal(0, JsonPlace.OfInvalidUtf8([0xED, 0xA0, 0x80])!.Value.Offset);
    }

    [Fact]
    public void A_place_reads_as_line_column_and_offset() =>
        Assert.Equal("line 3, column 5 (byte offset 47)", new JsonPlace(47, 3, 5).ToString());

    private static (long Line, long Column) Line(JsonPlace place) => (place.Line, place.Column);
}
