using System.Text;

namespace OpenAICassette.Conversations;

/// <summary>
/// What stands at one position of an answer's content: text that came in pieces, then parts that are no text.
/// </summary>
/// <param name="index">The position.</param>
internal sealed class ContentSlot(int index)
{
    private readonly List<ContentPart> _parts = [];
    private StringBuilder? _text;

    /// <summary>Gets the position.</summary>
    public int Index => index;

    /// <summary>Gets the parts so far.</summary>
    public IEnumerable<ContentPart> Parts =>
        _text is null ? _parts : _parts.Prepend(new ContentPart(ContentPartKind.Text, _text.ToString()));

    /// <summary>Adds to the text.</summary>
    public void Add(string text) => (_text ??= new StringBuilder()).Append(text);

    /// <summary>Adds a part.</summary>
    public void Add(ContentPart part) => _parts.Add(part);
}
