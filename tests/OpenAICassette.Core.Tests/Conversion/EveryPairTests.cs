using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Cassettes of every format in every format that can be written, read again.</summary>
public sealed class EveryPairTests
{
    /// <summary>How many public files of each format are converted: as many as take about ten seconds.</summary>
    private const int Sample = 12;

    /// <summary>Gets the formats, without those that other tests add.</summary>
    private static IEnumerable<string> Formats =>
        CassetteStore.FormatNames.Where(name => !name.StartsWith("planted", StringComparison.Ordinal));

    public static TheoryData<string> Targets => [.. Formats];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_built_cassette_of_each_format_keeps_what_was_said(string target)
    {
        var files = BuiltFiles().ToList();
        var cassettes = files.ConvertAll(text => CassetteStore.Open(Encoding.UTF8.GetBytes(text), Origin));
        Assert.InRange(cassettes.DistinctBy(cassette => cassette.Format).Count(), 25, int.MaxValue);
        AssertKept(cassettes, target);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_recording_of_each_shape_keeps_what_was_said(string target) =>
        AssertKept(CassetteStore.Load(CassetteStore.Find(BuiltCorpus.Folder, recurse: true)), target);

    [SharedDataFact]
    public void Public_files_of_each_format_keep_what_was_said()
    {
        var loads = CassetteStore.Load(CassetteStore.Find(SharedData.Foreign, recurse: true));
        var sample = loads
            .Select(load => load.Cassette)
            .OfType<Cassette>()
            .GroupBy(cassette => cassette.Format)
            .SelectMany(files => files.Where((_, index) => index % Math.Max(1, files.Count() / Sample) == 0))
            .ToList();
        foreach (var target in Formats)
        {
            AssertKept(sample, target);
        }
    }

    private static CassetteOrigin Origin => CassetteOrigin.OfMemory("a.txt");

    private static void AssertKept(IEnumerable<CassetteLoad> loads, string target) =>
        AssertKept(loads.Select(load => load.Cassette).OfType<Cassette>(), target);

    private static void AssertKept(IEnumerable<Cassette> cassettes, string target) =>
        Assert.Equal(
            string.Empty,
            string.Join(
                '\n',
                cassettes
                    .Where(cassette => cassette.Interactions.Count > 0)
                    .SelectMany(cassette => Lost(cassette, target).Select(lost => $"{cassette.RelativePath} {lost}"))
            )
        );

    private static List<string> Lost(Cassette cassette, string target)
    {
        try
        {
            return KeptFact.Lost(cassette, target, CassetteConverter.Convert(cassette, target)).ToList();
        }
        catch (CassetteException e) when (e.Error == CassetteError.CassetteNotWritten)
        {
            var isKnown = target == "nock" && e.Message.Contains("nock needs the host", StringComparison.Ordinal);
            return isKnown ? [] : [e.Message];
        }
    }

    private static IEnumerable<string> BuiltFiles()
    {
        return ExchangeFormatTests
            .Variants.Append("mastra-list")
            .Select(ExchangeFormatTests.FileOf)
            .Concat(YamlFormatTests.Variants.Select(row => (string)row[2]!))
            .Concat(BuiltLogs.All.Select(row => (string)row[1]!))
            .Concat(BuiltTraces.All.Select(row => (string)row[1]!))
            .Concat(BuiltAnswers.All);
    }
}
