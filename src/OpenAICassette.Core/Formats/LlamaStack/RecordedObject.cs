namespace OpenAICassette.Formats.LlamaStack;

/// <summary>One object of a response that is to be recorded.</summary>
/// <param name="Data">The object as it was answered.</param>
/// <param name="Type">
/// The label of its SDK class, for example openai.types.chat.chat_completion.ChatCompletion; null for a plain object.
/// </param>
internal readonly record struct RecordedObject(JsonValue Data, string? Type = null);
