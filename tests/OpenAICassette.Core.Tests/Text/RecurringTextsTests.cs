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
}
