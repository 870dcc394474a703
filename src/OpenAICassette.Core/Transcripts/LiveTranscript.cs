using System.Text;
using OpenAICassette.Apis;
using OpenAICassette.Conversations;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Formats an answer for a screen as it arrives: its text; reasoning, refusals and tool calls on labeled lines of their
/// own. Of several answers to one request, the first is shown. Control characters are shown, not sent.
/// </summary>
internal sealed class LiveTranscript
{
    private StreamPieceKind _section = StreamPieceKind.Text;
    private int _call = -1;
    private string _pending = string.Empty;
    private bool _isLineOpen;

    /// <summary>Adds pieces.</summary>
    /// <param name="pieces">The pieces of a chunk.</param>
    /// <returns>The text to show now.</returns>
    public string Add(IReadOnlyList<StreamPiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var typed = new StringBuilder();
        foreach (var piece in pieces.Where(piece => piece.Choice == 0))
        {
            switch (piece.Kind)
            {
                case StreamPieceKind.Text:
                    Section(typed, StreamPieceKind.Text, string.Empty);
                    Type(typed, piece.Value.ToString());
                    break;
                case StreamPieceKind.Reasoning:
                    Section(typed, StreamPieceKind.Reasoning, "[reasoning] ");
                    Type(typed, piece.Value.ToString());
                    break;
                case StreamPieceKind.Refusal:
                    Section(typed, StreamPieceKind.Refusal, "[refusal] ");
                    Type(typed, piece.Value.ToString());
                    break;
                case StreamPieceKind.ToolName:
                    EndSection(typed);
                    Section(typed, StreamPieceKind.ToolArguments, $"[call] {InertText.Of(piece.Value.ToString())}(");
                    _call = piece.Slot;
                    break;
                case StreamPieceKind.ToolArguments:
                    Section(typed, StreamPieceKind.ToolArguments, piece.Slot == _call ? string.Empty : "[call] (");
                    Type(typed, piece.Value.Text ?? piece.Value.ToCompactJson());
                    break;
                case StreamPieceKind.Part when AudioBuilder.IsAudio(piece.Value):
                    Section(typed, StreamPieceKind.Text, string.Empty);
                    Type(typed, piece.Value["transcript"].Text ?? string.Empty);
                    break;
                case StreamPieceKind.Part:
                    EndSection(typed);
                    Section(typed, StreamPieceKind.Part, string.Empty);
                    Type(typed, ContentPartReader.Read(piece.Value).ToString());
                    break;
            }
        }

        return typed.ToString();
    }

    /// <summary>Ends the answer.</summary>
    /// <returns>The rest of the text to show.</returns>
    public string End()
    {
        var typed = new StringBuilder();
        EndSection(typed);
        return typed.ToString();
    }

    private void Section(StringBuilder typed, StreamPieceKind section, string label)
    {
        if (section != _section)
        {
            EndSection(typed);
            _section = section;
        }

        if (!_isLineOpen)
        {
            typed.Append(label);
            _isLineOpen = true;
        }
    }

    private void EndSection(StringBuilder typed)
    {
        if (!_isLineOpen)
        {
            return;
        }

        typed.Append(InertText.Of(_pending)).Append(_section == StreamPieceKind.ToolArguments ? ")\n" : "\n");
        _pending = string.Empty;
        _isLineOpen = false;
    }

    /// <summary>Returns text to show; the first half of a surrogate pair waits for the other.</summary>
    private void Type(StringBuilder typed, string text)
    {
        var all = _pending + text;
        var isHalf = all.Length > 0 && char.IsHighSurrogate(all[^1]);
        _pending = isHalf ? all[^1..] : string.Empty;
        typed.Append(InertText.OfLines((isHalf ? all[..^1] : all).Replace("\r\n", "\n", StringComparison.Ordinal)));
    }
}
