using OpenAICassette.Matching;

namespace OpenAICassette.Tests;

public class SmallestHashesTests
{
    [Theory]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 5 }, new[] { 5 })]
    [InlineData(new[] { 5, -1, 5, 3, 5 }, new[] { -1, 3, 5 })]
    [InlineData(new[] { 9, 8, 7, 6, 5, 4 }, new[] { 4, 5, 6 })]
    [InlineData(new[] { 1, 2, 3, 4, 2 }, new[] { 1, 2, 3 })]
    [InlineData(new[] { 3, 4, 5, 1, 4, 2 }, new[] { 1, 2, 3 })]
    public void The_three_smallest_are_kept_once_and_in_order(int[] hashes, int[] expected)
    {
        var kept = new SmallestHashes(stackalloc int[3]);
        kept.Add(hashes);
        Assert.Equal(expected, kept.ToArray());
    }

    [Fact]
    public void Of_many_those_are_kept_that_sorting_all_of_them_gives()
    {
        var random = new Random(5);
        var hashes = Enumerable.Range(0, 2_000).Select(_ => random.Next(-1_000, 1_000)).ToArray();
        var kept = new SmallestHashes(stackalloc int[40]);
        kept.Add(hashes);
        Assert.Equal(hashes.Distinct().Order().Take(40), kept.ToArray());
    }
}
