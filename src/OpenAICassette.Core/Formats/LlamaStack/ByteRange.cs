namespace OpenAICassette.Formats.LlamaStack;

/// <summary>A range of a document's bytes.</summary>
internal readonly record struct ByteRange(int Start, int Length);
