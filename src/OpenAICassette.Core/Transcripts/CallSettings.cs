using OpenAICassette.Apis;
using OpenAICassette.Conversations;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Finds the settings in which the calls of a transcript differ: the model, the temperature, the tools.
/// </summary>
internal sealed class CallSettings
{
    private const int LongestValue = 60;
    private const string Tools = "tools";

    private readonly Dictionary<Interaction, string> _captions = [];

    /// <summary>Compares the calls of a transcript.</summary>
    /// <param name="conversations">The calls.</param>
    public CallSettings(IReadOnlyList<Conversation> conversations)
    {
        var calls = conversations
            .Select(conversation => (conversation.Interaction, Settings: Of(conversation)))
            .ToList();
        var differing = calls
            .SelectMany(call => call.Settings.Keys)
            .Distinct()
            .Where(name =>
                calls.Exists(call => call.Settings.GetValueOrDefault(name) != calls[0].Settings.GetValueOrDefault(name))
            )
            .ToList();
        foreach (var (interaction, settings) in calls)
        {
            var shown = differing.Select(name =>
                $"{name} {InertText.Of(Shortened.To(settings.GetValueOrDefault(name, "not given"), LongestValue))}"
            );
            _captions[interaction] = string.Join(" · ", shown.Prepend(interaction.Cassette.Name));
        }
    }

    /// <summary>Returns the name of a call's cassette and the settings that other calls do not have.</summary>
    public string Caption(Interaction call) => _captions[call];

    private static Dictionary<string, string> Of(Conversation conversation)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var parameter in conversation.Parameters.Where(parameter => !RequestReader.IsPreviousId(parameter.Name))
        )
        {
            settings[parameter.Name] = JsonValue
                .ParseOrUndefined(System.Text.Encoding.UTF8.GetBytes(parameter.Value))
                .ToString()
                .ReplaceLineEndings(" ");
        }

        if (conversation.Tools.Count > 0)
        {
            settings[Tools] = string.Join(", ", conversation.Tools);
        }

        return settings;
    }
}
