using OpenAICassette.Comparison;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Tests;

/// <summary>A comparison as a screen shows it.</summary>
public class ComparisonScreenTests
{
    private static readonly Interaction s_some = BuiltCassette.Of(new { body = 1 }).Interactions[0];

    [Fact]
    public void Texts_have_their_changed_words_below_their_place_and_short_values_are_a_table() =>
        Assert.Equal(
            [
                "~ built.json",
                "  response choices[0].message.content",
                "           in [-all-]{+no+} caps",
                "  request  temperature  0.5      1",
                "  request  top_p        nothing  0.75",
            ],
            Lines(
                80,
                new(DifferenceArea.Request, "temperature", "0.5", "1"),
                Words,
                new(DifferenceArea.Request, "top_p", null, "0.75")
            )
        );

    [Fact]
    public void Values_that_do_not_fit_a_table_stand_below_their_place() =>
        Assert.Equal(
            ["~ built.json", "  request  user", "           one", "           another"],
            Lines(24, new CassetteDifference(DifferenceArea.Request, "user", "one", "another"))
        );

    [Fact]
    public void What_the_differences_mean_stands_below_the_name() =>
        Assert.Equal(
            ["~ built.json", "  answer reworded; finish", "  stop → length"],
            ComparisonScreen
                .Lines(new CassetteComparison(s_some, s_some, [Words], "answer reworded; finish stop → length"), 26)
                .Take(3)
        );

    [Theory]
    [InlineData(true, false, "- built.json")]
    [InlineData(false, true, "+ built.json")]
    [InlineData(true, true, "= built.json")]
    public void Without_differences_it_is_one_line(bool hasOld, bool hasNew, string line) =>
        Assert.Equal(
            [line],
            ComparisonScreen.Lines(new CassetteComparison(hasOld ? s_some : null, hasNew ? s_some : null, []), 80)
        );

    [Fact]
    public void What_is_missing_or_empty_is_told_in_words() =>
        Assert.Equal(
            ["  request  user  nothing  \"\""],
            Lines(80, new CassetteDifference(DifferenceArea.Request, "user", null, "")).Skip(1)
        );

    [Theory]
    [InlineData(30)]
    [InlineData(1)]
    public void A_long_change_is_broken_at_the_width_of_the_screen(int width)
    {
        var lines = Lines(
            width,
            new CassetteDifference(DifferenceArea.Request, "user", string.Join(' ', Enumerable.Repeat("word", 20)), "x")
        );
        Assert.True(lines.Count > 4);
        Assert.All(lines.Skip(2), line => Assert.InRange(line.Length, 1, Math.Max(width, 22)));
        Assert.All(lines.Skip(2), line => Assert.StartsWith("           ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_screen_that_does_not_tell_its_width_has_80_columns()
    {
        var change = new CassetteDifference(DifferenceArea.Request, "user", new string('x', 200), "y");
        Assert.Equal(Lines(80, change), Lines(0, change));
        Assert.Equal(80, Lines(0, change)[2].Length);
    }

    [Fact]
    public void Lines_of_a_text_stay_lines_and_no_control_character_reaches_the_screen()
    {
        var lines = Lines(
            80,
            new CassetteDifference(DifferenceArea.Request, "a\u001b[2Jb", "one\r\ntwo\u001b]0;x\u0007", "three")
        );
        Assert.Equal(5 - 1, lines.Count);
        Assert.Equal("           one", lines[2]);
        Assert.DoesNotContain(lines, line => line.Any(char.IsControl));
    }

    [Fact]
    public void Name_and_places_have_the_style_of_the_screen()
    {
        var lines = ComparisonScreen.Lines(
            new CassetteComparison(s_some, s_some, [Words]),
            80,
            new ScreenStyle("<b>", "<i>", "<e>", "</>")
        );
        Assert.Equal(
            ["<b>~ built.json</>", "<i>  response choices[0].message.content</>", "           in [-all-]{+no+} caps"],
            lines
        );
    }

    [Fact]
    public void Changed_words_have_their_colours_on_every_line_that_they_cover()
    {
        var difference = new CassetteDifference(DifferenceArea.Answer, "choices[0].content", "x", "y")
        {
            Words =
            [
                new(WordChangeKind.Same, "in "),
                new(WordChangeKind.Removed, "many long words"),
                new(WordChangeKind.Added, "one\nor two"),
                new(WordChangeKind.Same, " caps"),
            ],
        };
        var lines = ComparisonScreen.Lines(
            new CassetteComparison(s_some, s_some, [difference]),
            24,
            new ScreenStyle("", "", "", "</>", "<r>", "<g>")
        );
        Assert.Equal(
            [
                "           in <r>[-many</>",
                "           <r>long</>",
                "           <r>words-]</><g>{+one</>",
                "           <g>or two+}</> caps",
            ],
            lines.Skip(2)
        );
    }

    [Fact]
    public void Without_a_style_nothing_but_text_is_written()
    {
        var lines = ComparisonScreen.Lines(new CassetteComparison(s_some, s_some, [Words]), 80);
        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal));
        Assert.Contains(
            ComparisonScreen.Lines(new CassetteComparison(s_some, s_some, [Words]), 80, ScreenStyle.Terminal),
            line => line.Contains("\u001b[31m[-all-]\u001b[0m\u001b[32m{+no+}\u001b[0m", StringComparison.Ordinal)
        );
    }

    private static CassetteDifference Words =>
        new(DifferenceArea.Response, "choices[0].message.content", "in all caps", "in no caps")
        {
            Words =
            [
                new(WordChangeKind.Same, "in "),
                new(WordChangeKind.Removed, "all"),
                new(WordChangeKind.Added, "no"),
                new(WordChangeKind.Same, " caps"),
            ],
        };

    private static IReadOnlyList<string> Lines(int width, params CassetteDifference[] differences) =>
        ComparisonScreen.Lines(new CassetteComparison(s_some, s_some, differences), width);
}
