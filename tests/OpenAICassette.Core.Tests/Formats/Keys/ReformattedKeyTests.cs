namespace OpenAICassette.Tests;

public class ReformattedKeyTests
{
    private const int LargestSize = 50_000;

    [Fact]
    public void The_identity_of_a_recording_does_not_depend_on_its_layout() => Corpus.Some(450, (cassette, _) =>
        {
            if (cassette.Length > LargestSize)
            {
                return false;
            }

            var bytes = File.ReadAllBytes(cassette.Path!);
            var expected = Identity(cassette.Interactions[0]);
            Assert.All(Relaid.All, layout =>
            {
                var copy = CassetteStore.Open(layout.Value(bytes), CassetteOrigin.OfMemory(cassette.Name));
                Assert.Equal($"{layout.Key}: {expected}", $"{layout.Key}: {Identity(copy.Interactions[0])}");
            });
            return true;
        });

    private static string Identity(Interaction interaction) =>
        $"{interaction.Key} {string.Join(',', interaction.KeyAlgorithms)} {interaction.Era}";
}
