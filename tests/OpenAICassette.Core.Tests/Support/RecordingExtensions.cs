namespace OpenAICassette.Tests;

/// <summary>Short ways to what a Llama Stack recording alone has.</summary>
internal static class RecordingExtensions
{
    extension(Interaction interaction)
    {
        public RecordingEnvelope Envelope => interaction.Extension<RecordingEnvelope>()!;

        public string? Key => interaction.Envelope.Key;

        public IReadOnlyList<KeyAlgorithm> KeyAlgorithms => interaction.Envelope.KeyAlgorithms;

        public string Era => interaction.Envelope.Era;
    }
}
