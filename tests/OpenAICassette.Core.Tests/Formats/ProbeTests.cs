using System.Text;

namespace OpenAICassette.Tests;

/// <summary>What formats say of the beginning of a file.</summary>
public class ProbeTests
{
    [Theory]
    [MemberData(nameof(HostileFormatTests.Files), MemberType = typeof(HostileFormatTests))]
    public void Only_one_format_is_certain_so_that_the_order_in_which_they_are_asked_does_not_count(
        string format,
        string content
    )
    {
        var certain = CassetteFormats
            .All.Select(info => CassetteFormats.ByName(info.Name)!)
            .Where(each => each.Probe(Encoding.UTF8.GetBytes(content)) == FormatMatch.Certain)
            .Select(each => each.Info.Name)
            .ToList();
        Assert.True(
            certain.Count == 0 || (certain is [var only] && only == CassetteFormats.ByName(format)!.Info.Name),
            string.Join(", ", certain)
        );
    }

    [SharedDataFact]
    public void So_it_is_for_the_files_of_other_recorders()
    {
        var formats = CassetteFormats.All.Select(info => CassetteFormats.ByName(info.Name)!).ToList();
        var several = CassetteStore
            .Find(SharedData.Foreign, recurse: true)
            .Select(file => (file.Path, Head: File.ReadAllBytes(file.Path)))
            .Where(file => formats.Count(each => each.Probe(file.Head) == FormatMatch.Certain) > 1)
            .Select(file => file.Path);
        Assert.Empty(several);
    }
}
