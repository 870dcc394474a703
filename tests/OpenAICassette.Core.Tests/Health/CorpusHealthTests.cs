namespace OpenAICassette.Tests;

/// <summary>The findings about the public recordings, each kind against another way to tell.</summary>
public class CorpusHealthTests
{
    /// <summary>The findings about all recordings as one set, in path order.</summary>
    private static readonly Lazy<List<HealthFinding>> s_findings = new(Read);

    [Fact]
    public void Exactly_the_recordings_that_only_superseded_algorithms_name_are_told() =>
        AssertFound(HealthId.KeySuperseded, HealthSeverity.Error, 86, row =>
            row.Algorithms.Count > 0 && !row.IsCurrent
        );

    [Fact]
    public void Exactly_the_recordings_that_no_algorithm_names_are_told() =>
        AssertFound(HealthId.KeyUnknown, HealthSeverity.Error, 27, row => row.Algorithms.Count == 0);

    [Fact]
    public void Exactly_the_recordings_with_another_id_than_their_name_are_told() =>
        AssertFound(HealthId.ResponseId, HealthSeverity.Warning, 5, row => CorpusFacts.WrongId(row.Path) is not null);

    [Fact]
    public void The_place_of_the_first_wrong_id_is_told() =>
        Assert.All(s_findings.Value.Where(finding => finding.Id == HealthId.ResponseId), finding =>
            Assert.Equal(CorpusFacts.WrongId(finding.Path), finding.Pointer)
        );

    [Fact]
    public void Exactly_the_recordings_outside_their_tests_directory_are_told() =>
        AssertFound(HealthId.Directory, HealthSeverity.Warning, 7, row => CorpusFacts.IsElsewhere(row.Path));

    [Fact]
    public void Exactly_the_recordings_whose_tokens_do_not_add_up_are_told() =>
        AssertFound(HealthId.UsageTotal, HealthSeverity.Warning, 2, row =>
            CorpusFacts.Total(row.Path) is { } total && total.Sum != total.Reported
        );

    [Fact]
    public void The_sum_and_the_reported_number_of_tokens_are_told() =>
        Assert.All(s_findings.Value.Where(finding => finding.Id == HealthId.UsageTotal), finding =>
        {
            var (sum, reported) = CorpusFacts.Total(finding.Path)!.Value;
            Assert.Equal(
                FormattableString.Invariant($"the usage adds up to {sum} tokens, but {reported} are reported"),
                finding.Message
            );
        });

    [Fact]
    public void Exactly_the_copies_of_earlier_recordings_are_told()
    {
        var first = IndexedRecording
            .All.OrderBy(row => row.Path, StringComparer.Ordinal)
            .GroupBy(row => Convert.ToHexString(File.ReadAllBytes(row.Path)))
            .ToDictionary(group => group.Key, group => group.First().Path);
        string Original(string path) => first[Convert.ToHexString(File.ReadAllBytes(path))];
        AssertFound(HealthId.DuplicateContent, HealthSeverity.Warning, 13, row => Original(row.Path) != row.Path);
        Assert.All(s_findings.Value.Where(finding => finding.Id == HealthId.DuplicateContent), finding =>
            Assert.Equal($"the file has the same bytes as {Original(finding.Path)}", finding.Message)
        );
    }

    [Fact]
    public void Exactly_the_other_recordings_of_the_same_name_are_told()
    {
        var copies = s_findings
            .Value.Where(finding => finding.Id == HealthId.DuplicateContent)
            .Select(finding => finding.Path)
            .ToHashSet();
        var first = SharedData
            .Files.GroupBy(path => Path.GetFileName(path))
            .ToDictionary(group => group.Key, group => group.First());
        AssertFound(HealthId.DuplicateName, HealthSeverity.Information, 2, row =>
            first[Path.GetFileName(row.Path)] != row.Path && !copies.Contains(row.Path)
        );
    }

    [Fact]
    public void Exactly_the_lists_whose_digest_is_not_that_of_their_models_are_told()
    {
        SharedData.AssertCount(50, SharedData.Files.Count(path => CorpusFacts.Digest(path) is not null));
        AssertFound(HealthId.ModelDigest, HealthSeverity.Warning, 0, row => CorpusFacts.Digest(row.Path) == false);
    }

    [Fact]
    public void Nothing_else_is_told_of_recordings_that_no_hand_has_touched()
    {
        string[] others =
        [
            HealthId.Unreadable,
            HealthId.NameNotKey,
            HealthId.FinishReasonMissing,
            HealthId.FinishReasonRepeated,
            HealthId.ToolArguments,
            HealthId.Streaming,
            HealthId.UnknownMember,
            HealthId.UnknownType,
            HealthId.NotCanonical,
        ];
        Assert.DoesNotContain(s_findings.Value, finding => others.Contains(finding.Id));
        SharedData.AssertCount(142, s_findings.Value.Count);
    }

    private static List<HealthFinding> Read()
    {
        var check = new HealthCheck();
        return
        [
            .. CassetteStore
                .Load(CassetteStore.Find(SharedData.Recordings, recurse: true), (cassette, _) =>
                    HealthCheck.CheckAlone(cassette)
                )
                .Where(loaded => loaded.Load.Cassette is not null)
                .SelectMany(loaded => check.Add(loaded.Load.Cassette!, loaded.Result!)),
        ];
    }

    private static void AssertFound(
        string id,
        HealthSeverity severity,
        int count,
        Predicate<IndexedRecording> isExpected
    )
    {
        var found = s_findings.Value.Where(finding => finding.Id == id).ToList();
        Assert.Equal(
            IndexedRecording.All.Where(row => isExpected(row)).Select(row => row.Path).Order(StringComparer.Ordinal),
            found.Select(finding => finding.Path).Order(StringComparer.Ordinal)
        );
        SharedData.AssertCount(count, found.Count);
        Assert.All(found, finding => Assert.Equal(severity, finding.Severity));
    }
}
