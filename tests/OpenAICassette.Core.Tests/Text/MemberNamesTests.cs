using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class MemberNamesTests
{
    [Fact]
    public void Names_are_read_as_written_whatever_was_read_before()
    {
        string[] names =
        [
            "role",
            "rule",
            "röle",
            "content",
            string.Empty,
            "a\\b",
            "x\\n",
            "x\n",
            "日本",
            new string('n', 100),
            .. Enumerable.Range(0, 2000).Select(number => $"name {number % 1000}"),
        ];
        foreach (var name in names.Concat(names))
        {
            var raw = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(name).AsSpan()[1..^1];
            Assert.Equal(name, MemberNames.Of(raw));
            Assert.Equal(name, MemberNames.Of(raw));
        }
    }

    [Fact]
    public void A_name_that_repeats_is_one_text() =>
        Assert.Same(MemberNames.Of("finish_reason"u8), MemberNames.Of("finish_reason"u8));
}
