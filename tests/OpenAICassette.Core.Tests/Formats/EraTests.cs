using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

/// <summary>The eras that recordings are taken to be from, against what is known of them from elsewhere.</summary>
public partial class EraTests
{
    /// <summary>When each era began.</summary>
    private static readonly string[] s_began =
    [
        "2025-07-29",
        "2025-08-26",
        "2025-09-03",
        "2025-10-03",
        "2025-10-04",
        "2025-10-09",
        "2026-01-21",
        "2026-02-12",
        "2026-02-24",
        "2026-03-12",
        "2026-03-18",
        "2026-04-02",
        "2026-04-06",
        "2026-04-09",
        "2026-04-16",
        "2026-04-24",
        "2026-04-27",
    ];

    [Fact]
    public void The_era_that_the_table_names_lies_within_the_era_that_is_found()
    {
        var named = IndexedRecording
            .All.Where(row => row.Relative.Contains("/history/", StringComparison.Ordinal) && Era().IsMatch(row.Why))
            .ToList();
        SharedData.AssertCount(16, named.Count);
        Assert.All(named, row =>
        {
            var era = Number(Era().Match(row.Why));
            var (first, last) = Range(row);
            Assert.True(first <= era && era <= last, $"{row}: {row.Why}, found E{first} to E{last}");
        });
    }

    [Fact]
    public void No_recording_is_from_an_era_that_had_not_begun_when_it_was_committed()
    {
        var history = IndexedRecording
            .All.Where(row => row.Relative.Contains("/history/", StringComparison.Ordinal))
            .ToList();
        SharedData.AssertCount(22, history.Count);
        Assert.All(history, row =>
        {
            var committed = row.Relative.Split('/')[2][..10];
            Assert.True(
                string.CompareOrdinal(s_began[Range(row).First], committed) <= 0,
                $"{row}: found E{Range(row).First}"
            );
        });
    }

    [Theory]
    [InlineData("seed", "60c9", "E0-E2")]
    [InlineData("history/2025-10-03_3f36bfaea", "3c0b", "E3")]
    [InlineData("history/2025-10-04_045a0c1d5", "7fee", "E4")]
    [InlineData("history/2025-09-03_c3d3a0b83", "models-4a3a", "E2")]
    [InlineData("history/2025-10-09_f50ce11a3", "1b0c", "E5+")]
    [InlineData("history/2026-02-13_eeac11bbc", "e72c", "E7+")]
    public void A_recording_is_from_the_era_that_its_members_betray(string folder, string beginning, string era) =>
        Assert.Equal(era, CassetteStore.Open(SharedData.Era(folder, beginning)).Interactions[0].Era);

    [Fact]
    public void An_era_is_found_for_every_recording_from_its_members() =>
        Corpus.All(
            (cassette, file) =>
            {
                var request = file.GetProperty("request");
                var url = request.Member("url").Text() ?? "";
                var expected =
                    request.Member("api") is not null ? "E11"
                    : file.Member("id_normalization_mapping") is null
                        ? file.Member("test_id") is null ? "E[0-3](-E2)?"
                            : "E4"
                    : url.StartsWith("vertexai:", StringComparison.Ordinal) ? @"E16\+"
                    : url.EndsWith("/interactions", StringComparison.Ordinal) ? @"E14\+"
                    : request.Member("payload") is not null ? @"E(7|12)\+"
                    : request.Member("provider_metadata") is not null ? @"E9\+"
                    : @"E[58]\+";
                Assert.Matches($"^{expected}$", cassette.Interactions[0].Era);
            }
        );

    private static (int First, int Last) Range(IndexedRecording row)
    {
        var era = CassetteStore.Open(row.Path).Interactions[0].Era;
        Assert.Matches(@"^E\d+(-E\d+|\+)?$", era);
        var numbers = Era().Matches(era).Select(Number).ToList();
        return (numbers[0], era.EndsWith('+') ? s_began.Length - 1 : numbers[^1]);
    }

    private static int Number(Match era) => int.Parse(era.ValueSpan[1..], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bE\d+")]
    private static partial Regex Era();
}
