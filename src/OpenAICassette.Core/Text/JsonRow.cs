using System.Text.Json;

namespace OpenAICassette.Text;

/// <summary>One value, or one member name, of a <see cref="JsonTree"/>: what it is and where its bytes are.</summary>
/// <param name="Start">Offset of the first byte in the document; a string's is its opening quote.</param>
/// <param name="Length">Length in bytes as written, quotes and brackets included.</param>
/// <param name="Next">Index of the row after this value and everything in it.</param>
/// <param name="Kind">The kind of value; a member name counts as a string.</param>
internal readonly record struct JsonRow(int Start, int Length, int Next, JsonValueKind Kind);
