using System.Text;

namespace OpenAICassette.Tests;

/// <summary>Everything that reads bytes which others wrote.</summary>
internal static class FuzzTargets
{
    /// <summary>All of them, by their names.</summary>
    public static IReadOnlyDictionary<string, FuzzTarget> All { get; } =
        Formats().Concat(FuzzParsers.All).ToDictionary(target => target.Name, StringComparer.Ordinal);

    private static IEnumerable<FuzzTarget> Formats()
    {
        var samples = HostileFormatTests
            .Files.Select(row => (Format: (string)row[0]!, Text: Encoding.UTF8.GetBytes((string)row[1]!)))
            .Append((Format: "LlamaStack", Text: File.ReadAllBytes(Repository.Capitals)))
            .Concat(HostileSample.Files.Select(file => (Format: "LlamaStack", Text: file.Bytes)))
            .ToList();
        foreach (var format in samples.GroupBy(sample => sample.Format, sample => sample.Text))
        {
            yield return new($"format {format.Key}", [.. format], bytes => HostileFormatTests.Try(format.Key, bytes));
        }

        yield return new("format of any file", [.. samples.Select(sample => sample.Text)], bytes =>
            HostileFormatTests.Try(null, bytes)
        );
        yield return new("secrets in any file", [.. samples.Select(sample => sample.Text)], FuzzParsers.Scrub);
    }
}
