using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class ByteEditTests
{
    [Fact]
    public void Edits_replace_their_bytes_and_leave_all_others()
    {
        byte[] edited = ByteEdit.Apply(
            "one two three"u8,
            [new ByteEdit(0, 3, "1"u8.ToArray()), new ByteEdit(4, 0, "+"u8.ToArray()), new ByteEdit(8, 5, default)]
        );
        Assert.Equal("1 +two "u8.ToArray(), edited);
    }

    [Fact]
    public void Without_edits_the_bytes_are_the_same() => Assert.Equal("abc"u8.ToArray(), ByteEdit.Apply("abc"u8, []));
}
