namespace OpenAICassette.Search;

/// <summary>A text of an interaction.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">The text.</param>
/// <param name="Role">Who said it; null if it is not the text of a message.</param>
internal readonly record struct RecordedText(string Place, string Text, string? Role = null);
