namespace OpenAICassette.Tests;

/// <summary>Keys of the public recordings against the table that was made with another implementation.</summary>
public class IndexedKeyTests
{
    private static readonly Lazy<Dictionary<string, Interaction>> s_interactions = new(() =>
        SharedData.Files.ToDictionary(path => path, path => Assert.Single(CassetteStore.Open(path).Interactions))
    );

    [Fact]
    public void The_algorithms_that_reproduce_a_name_are_those_of_the_table_in_its_order()
    {
        SharedData.AssertCount(545, IndexedRecording.All.Count);
        Assert.Equal(
            IndexedRecording.All.Select(row => $"{row}: {string.Join(',', row.Algorithms)}"),
            IndexedRecording.All.Select(row =>
                $"{row}: {string.Join(',', Interaction(row).KeyAlgorithms).ToLowerInvariant()}"
            )
        );
    }

    [Fact]
    public void The_key_of_a_recording_that_is_still_found_is_its_name()
    {
        var current = IndexedRecording.All.Where(row => row.IsCurrent).ToList();
        SharedData.AssertCount(432, current.Count);
        Assert.All(current, row => Assert.StartsWith(NamedKey(row), Interaction(row).Key, StringComparison.Ordinal));
    }

    [Fact]
    public void The_key_of_a_recording_that_is_no_longer_found_is_not_its_name_and_has_64_digits()
    {
        var others = IndexedRecording.All.Where(row => !row.IsCurrent && Interaction(row).Key is not null).ToList();
        SharedData.AssertCount(111, others.Count);
        Assert.All(others, row =>
            Assert.False(Interaction(row).Key!.StartsWith(NamedKey(row), StringComparison.Ordinal), row.Relative)
        );
        Assert.All(others, row => Assert.Matches("^[0-9a-f]{64}$", Interaction(row).Key));
    }

    [Fact]
    public void Only_a_recording_that_does_not_hold_all_that_was_hashed_has_no_key() =>
        Assert.All(IndexedRecording.All, row =>
            Assert.Equal(Interaction(row).Envelope.Request["api"].Exists, Interaction(row).Key is null)
        );

    [Theory]
    [InlineData("2443581bf4a71f7b", "h2")]
    [InlineData("1e171766576921b1", "h3,h3b,h4,h5")]
    [InlineData("df8f92d7d926f80e", "h3,h3b,h4,h5,h6,h6b,h6c,h7")]
    [InlineData("1f7f4726b3271546", "h4,h5,h6,h6b,h6c,h7")]
    [InlineData("1a5a9da6382b176b", "h5,h6,h6b,h6c,h7")]
    [InlineData("912468ad85f5b2a6", "h6,h6b,h6c,h7")]
    [InlineData("65913b9e85ac6281", "")]
    [InlineData("91a2e90669fe4ee5", "")]
    [InlineData("4094a6c77e0e1866", "")]
    public void The_recordings_that_tell_the_algorithms_apart_are_told_apart(string beginning, string algorithms)
    {
        var cassette = CassetteStore.Open(SharedData.Era("head/responses/recordings", beginning));
        Assert.Equal(algorithms, string.Join(',', cassette.Interactions[0].KeyAlgorithms).ToLowerInvariant());
    }

    private static Interaction Interaction(IndexedRecording row) => s_interactions.Value[row.Path];

    /// <summary>The first digits of the key in a name.</summary>
    private static string NamedKey(IndexedRecording row) =>
        Path.GetFileNameWithoutExtension(row.Path).Replace("models-", "", StringComparison.Ordinal).Split('-')[0];
}
