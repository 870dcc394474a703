using System.Text;

namespace OpenAICassette.Tests;

/// <summary>The public recordings, which their recorder wrote, come out of the writer byte for byte.</summary>
public class CorpusWriterTests
{
    private const string Format = "LlamaStack";

    [Fact]
    public void Every_recording_comes_out_as_its_recorder_wrote_it() =>
        Corpus.All(
            (cassette, _) => AssertSameBytes(File.ReadAllBytes(cassette.Path!), CassetteStore.Convert(cassette, Format))
        );

    [Fact]
    public void Every_recording_comes_out_as_its_recorder_wrote_it_from_any_other_layout() =>
        Corpus.All(
            (cassette, _) =>
            {
                var bytes = File.ReadAllBytes(cassette.Path!);
                foreach (var (name, layout) in Relaid.All.Where(layout => layout.Value != Relaid.Reversed))
                {
                    var copy = layout(bytes);
                    Assert.False(copy.AsSpan().SequenceEqual(bytes), $"{name}: the copy is the same");
                    AssertSameBytes(bytes, CassetteStore.Convert(Open(copy), Format));
                }
            }
        );

    [Fact]
    public void A_recording_whose_own_members_are_in_another_order_keeps_that_order_and_converting_again_changes_nothing() =>
        Corpus.All(
            (cassette, _) =>
            {
                var once = CassetteStore.Convert(Open(Relaid.Reversed(File.ReadAllBytes(cassette.Path!))), Format);
                Assert.Equal(cassette.Length, once.Length);
                AssertSameBytes(once.Read().ToArray(), CassetteStore.Convert(once, Format));
            }
        );

    [Fact]
    public void The_example_on_one_line_becomes_the_recording_that_it_was()
    {
        var converted = CassetteStore.Convert(CassetteStore.Open(Repository.Capitals), Format);
        Assert.Equal(24_516, converted.Length);
        AssertSameBytes(File.ReadAllBytes(SharedData.Era("seed", "60c9dd312fdc")), converted);
    }

    [Fact]
    public void A_number_that_is_not_the_shortest_keeps_its_digits()
    {
        var path = SharedData.Era("history/2026-02-13_eeac11bbc", "e72cfc40");
        var converted = CassetteStore.Convert(CassetteStore.Open(path), Format);
        Assert.Contains("0.9998443388938904", Encoding.UTF8.GetString(converted.Read().Span), StringComparison.Ordinal);
        AssertSameBytes(File.ReadAllBytes(path), converted);
    }

    private static Cassette Open(byte[] bytes) => CassetteStore.Open(bytes, CassetteOrigin.OfMemory("copy.json"));

    private static void AssertSameBytes(byte[] expected, Cassette converted)
    {
        var actual = converted.Read().Span;
        var same = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(same == expected.Length && same == actual.Length, $"differs at byte {same} of {expected.Length}");
    }
}
