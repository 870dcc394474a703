using System.Text;
using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Tests;

public class RecurringTextsTests
{
    [Fact]
    public void Equal_texts_become_the_same_one()
    {
        var name = Guid.NewGuid().ToString();
        Assert.Same(RecurringTexts.Share(name), RecurringTexts.Share(new string(name.AsSpan())));
    }

    [Fact]
    public void Other_texts_that_need_the_place_get_it()
    {
        foreach (var text in Enumerable.Range(0, 5_000).Select(i => $"text {i}"))
        {
            Assert.Equal(text, RecurringTexts.Share(text));
        }
    }

    [Fact]
    public void Long_texts_are_not_kept()
    {
        var text = new string('a', 10_000);
        Assert.Same(text, RecurringTexts.Share(text));
        Assert.NotSame(text, RecurringTexts.Share(new string('a', 10_000)));
    }

    [Fact]
    public void Nothing_stays_nothing() => Assert.Null(RecurringTexts.Share(null));

    [Fact]
    public void Texts_in_JSON_are_read_as_written_whatever_was_read_before()
    {
        string[] texts =
        [
            "role",
            "rule",
            "röle",
            string.Empty,
            "a\\b",
            "a\\\\b",
            "x\\n",
            "x\n",
            "日本",
            new string('n', 10_000),
            .. Enumerable.Range(0, 5_000).Select(number => $"text {number % 2_000}"),
        ];
        foreach (var text in texts)
        {
            // Bytes with an escape are not those of a text that was remembered as they are.
            var raw = JsonSerializer.SerializeToUtf8Bytes(text).AsSpan()[1..^1];
            RecurringTexts.Share(Encoding.UTF8.GetString(raw));
            Assert.Equal(text, RecurringTexts.Decode(raw));
            Assert.Equal(text, RecurringTexts.Decode(raw));
        }
    }

    [Fact]
    public void A_text_that_recurs_in_JSON_is_one() =>
        Assert.Same(RecurringTexts.Decode("finish_reason"u8), RecurringTexts.Decode("finish_reason"u8));
}
