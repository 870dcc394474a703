using System.Text;
using System.Text.Json;

namespace OpenAICassette.Conversations;

/// <summary>Represents the texts that a conversation shows, by which copies of them are known.</summary>
internal static class ShownTexts
{
    /// <summary>Returns whether a text is one of those that the answers show as a whole.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="told">What was said in a session; null for an exchange of another kind.</param>
    /// <param name="model">The model; null if it is not known.</param>
    /// <param name="error">The error; null if there is none.</param>
    public static Predicate<string> Of(
        IEnumerable<Choice> answers,
        IEnumerable<Message>? told,
        string? model,
        RecordedError? error
    )
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        Add(shown, model);
        AddError(shown, error);
        foreach (var choice in answers)
        {
            Add(shown, choice.FinishReason);
            AddMessage(shown, choice.Message);
        }

        foreach (var message in told ?? [])
        {
            AddMessage(shown, message);
        }

        return shown.Contains;
    }

    private static void AddMessage(HashSet<string> shown, Message message)
    {
        Add(shown, message.Role);
        Add(shown, message.Reasoning);
        Add(shown, message.Refusal);
        Add(shown, message.Text);
        foreach (var part in message.Parts)
        {
            AddPart(shown, part);
        }

        foreach (var call in message.ToolCalls)
        {
            Add(shown, call.Id);
            Add(shown, call.Name);
            AddJson(shown, call.Arguments);
        }
    }

    private static void AddPart(HashSet<string> shown, ContentPart part)
    {
        Add(shown, part.Label);
        if (part.Kind == ContentPartKind.Json)
        {
            AddJson(shown, part.Value);
            return;
        }

        Add(shown, part.Value);
        Add(shown, part.Spoken);
        foreach (var line in part.Value.Contains('\n', StringComparison.Ordinal) ? part.Value.Split('\n') : [])
        {
            Add(shown, line);
        }
    }

    private static void AddError(HashSet<string> shown, RecordedError? error)
    {
        Add(shown, error?.Message);
        Add(shown, error?.Type);
        AddLeaves(shown, error?.Body ?? default);
    }

    private static void Add(HashSet<string> shown, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            shown.Add(text);
        }
    }

    private static void AddJson(HashSet<string> shown, string json)
    {
        Add(shown, json);
        AddLeaves(shown, JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(json)));
    }

    private static void AddLeaves(HashSet<string> shown, JsonValue value)
    {
        if (value.Kind == JsonValueKind.String)
        {
            Add(shown, value.Text);
        }

        foreach (var inner in value.Elements.Concat(value.Members.Select(member => member.Value)))
        {
            AddLeaves(shown, inner);
        }
    }
}
