using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class ByteBuilderTests
{
    [Fact]
    public void Rented_memory_keeps_its_bytes_when_it_grows()
    {
        var all = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();
        var builder = ByteBuilder.Rent(16);
        foreach (var part in all.Chunk(999))
        {
            builder.Append(part);
        }

        Assert.Equal(all, builder.ToArray());
        builder.Truncate(10);
        builder.Append("end"u8);
        Assert.Equal([.. all[..10], .. "end"u8], builder.ToArray());
        builder.Return();
        Assert.Equal(0, builder.Length);
    }
}
