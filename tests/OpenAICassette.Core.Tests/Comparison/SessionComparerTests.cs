using System.Text;
using OpenAICassette.Comparison;

namespace OpenAICassette.Tests;

/// <summary>Two sessions are compared turn by turn.</summary>
public sealed class SessionComparerTests
{
    private static Cassette Open(string log, string name = "log") =>
        CassetteStore.Open(Encoding.UTF8.GetBytes(log), CassetteOrigin.OfMemory(name));

    private static List<CassetteComparison> Compare(string old, string @new) =>
        [.. CassetteComparer.Compare([Open(old)], [Open(@new)])];

    [Fact]
    public void Equal_sessions_are_the_same_in_all_turns()
    {
        var all = Compare(LongSessions.Of(50), LongSessions.Of(50));
        Assert.Equal(50, all.Count);
        Assert.All(all, each => Assert.Equal((ComparisonStatus.Same, false), (each.Status, each.IsFirstDivergence)));
    }

    [Fact]
    public void What_diverged_first_is_named_and_later_turns_do_not_repeat_it()
    {
        var changed = LongSessions
            .Of(50)
            .Replace("Answer 7\"", "Reply 7\"", StringComparison.Ordinal)
            .Replace("Answer 30\"", "Reply 30\"", StringComparison.Ordinal);
        var differing = Compare(LongSessions.Of(50), changed)
            .Where(each => each.Status != ComparisonStatus.Same)
            .ToList();
        Assert.Equal([7, 30], differing.Select(each => each.New!.Index));
        Assert.StartsWith("first divergence at turn 8 of 50: answer ", differing[0].Summary, StringComparison.Ordinal);
        Assert.StartsWith("turn 31 of 50: answer ", differing[1].Summary, StringComparison.Ordinal);
        Assert.Equal([true, false], differing.Select(each => each.IsFirstDivergence));
        Assert.Equal(["choices[0].content"], differing[0].Differences.Select(each => each.Place));
    }

    [Fact]
    public void Turns_that_only_one_session_has_do_not_shift_the_others()
    {
        var lines = LongSessions.Of(10).Split('\n').ToList();
        lines.RemoveRange(1 + (4 * 2), 2);
        var all = Compare(LongSessions.Of(10), string.Join('\n', lines));
        var differing = all.Where(each => each.Status != ComparisonStatus.Same).ToList();
        var removed = Assert.Single(differing);
        Assert.Equal((ComparisonStatus.Removed, 4), (removed.Status, removed.Old!.Index));
        Assert.Equal("first divergence at turn 5 of 10: only in the old session: Answer 4", removed.Summary);
    }

    [Fact]
    public void Of_the_same_task_by_two_models_turns_with_the_same_words_of_the_user_are_pairs()
    {
        var other = LongSessions
            .Of(6)
            .Replace("gemini-x", "gemini-y", StringComparison.Ordinal)
            .Replace("Answer", "Well,", StringComparison.Ordinal);
        var lines = other.Split('\n').ToList();
        lines.RemoveRange(1 + (2 * 2), 2);
        var all = Compare(LongSessions.Of(6), string.Join('\n', lines));
        Assert.Equal(
            [(0, 0), (1, 1), (2, -1), (3, 2), (4, 3), (5, 4)],
            all.Select(each => (each.Old?.Index ?? -1, each.New?.Index ?? -1))
        );
        Assert.Contains(all[0].Differences, each => each.Place == "model");
        Assert.DoesNotContain(all[1].Differences, each => each.Place == "model");
        Assert.Contains("turn 3 of 5 (was 4)", all[3].Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_begins_with_what_diverged_first()
    {
        var changed = LongSessions.Of(5).Replace("Answer 1\"", "Reply\"", StringComparison.Ordinal);
        var page = ComparisonHtml.Render(Compare(LongSessions.Of(5), changed));
        Assert.Contains("first divergence at turn 2 of 5", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_of_two_folders_are_paired_by_name()
    {
        var old = new[] { Open(LongSessions.Of(2), "a"), Open(LongSessions.Of(3), "b") };
        var all = CassetteComparer
            .Compare(old, [Open(LongSessions.Of(3), "b"), Open(LongSessions.Of(2), "a")])
            .ToList();
        Assert.Equal(5, all.Count);
        Assert.All(all, each => Assert.Equal(ComparisonStatus.Same, each.Status));
    }
}
