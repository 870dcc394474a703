using System.Text;

namespace OpenAICassette.Tests;

public class BrokenEncodingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(15366)]
    public void A_byte_that_is_no_UTF_8_is_refused_at_its_offset(int offset)
    {
        var bytes = File.ReadAllBytes(Repository.Capitals);
        bytes[offset] = 0xFF;
        var error = Refused(bytes);
        Assert.Equal(offset, error.Offset);
        Assert.Equal(
            $"built.json: not UTF-8 text at line 1, column {offset + 1} (byte offset {offset})",
            error.Message
        );
    }

    [Fact]
    public void A_character_that_is_cut_in_half_is_refused_where_it_begins()
    {
        var error = Refused([.. "{\"request\":\n\"é"u8, 0xF0, 0x9F, 0x98, (byte)'"', (byte)'}']);
        Assert.Equal(15, error.Offset);
        Assert.Contains("line 2, column 4 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UTF_16_with_a_mark_is_refused_at_the_mark()
    {
        var text = File.ReadAllText(Repository.Capitals);
        Assert.Equal(0, Refused([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]).Offset);
        Assert.Equal(
            0,
            Refused([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)]).Offset
        );
    }

    [Fact]
    public void UTF_16_without_a_mark_is_refused_at_the_first_null()
    {
        var text = File.ReadAllText(Repository.Capitals);
        Assert.Equal(1, Refused(Encoding.Unicode.GetBytes(text)).Offset);
        Assert.Equal(0, Refused(Encoding.BigEndianUnicode.GetBytes(text)).Offset);
    }

    private static CassetteException Refused(byte[] bytes)
    {
        var error = Assert.Throws<CassetteException>(() => BuiltCassette.Open(bytes));
        Assert.Equal((CassetteError.CassetteInvalidJson, "built.json"), (error.Error, error.Path));
        return error;
    }
}
