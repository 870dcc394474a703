namespace OpenAICassette.Transcripts;

/// <summary>Represents an entry of a text transcript.</summary>
/// <param name="Kind">The kind of entry.</param>
/// <param name="Speaker">The speaker; empty if it is the same as before.</param>
/// <param name="Text">The text, with line ends as recorded.</param>
internal readonly record struct TranscriptEntry(TranscriptEntryKind Kind, string Speaker, string Text)
{
    /// <summary>Returns the entries of a transcript, in order.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="longest">The maximum number of characters of tool calls, their results and data.</param>
    public static IEnumerable<TranscriptEntry> Of(Transcript transcript, int longest = int.MaxValue)
    {
        Interaction? source = null;
        foreach (var turn in transcript.Turns)
        {
            if (transcript.Settings is { } settings && turn.Interaction != source)
            {
                source = turn.Interaction;
                yield return new TranscriptEntry(
                    TranscriptEntryKind.Aside,
                    string.Empty,
                    $"[cassette] {settings.Caption(source)}"
                );
            }

            if (turn.Note is { } note)
            {
                yield return new TranscriptEntry(TranscriptEntryKind.Aside, string.Empty, $"[{note}]");
            }

            if (transcript.ToolResults.IsShownWithCall(turn) || turn.Role.Length == 0)
            {
                continue;
            }

            var speaker = turn.Role;
            foreach (
                var entry in Of(transcript, turn, longest)
                    .DefaultIfEmpty(new TranscriptEntry(TranscriptEntryKind.Said, string.Empty, string.Empty))
            )
            {
                yield return entry with
                {
                    Speaker = speaker,
                };
                speaker = string.Empty;
            }

            if (SessionCaption.LineOf(turn) is { Length: > 0 } caption)
            {
                yield return new TranscriptEntry(TranscriptEntryKind.Aside, string.Empty, $"[{caption}]");
            }
        }

        if (transcript.LastError is { } error)
        {
            yield return new TranscriptEntry(TranscriptEntryKind.Error, "error", error.ToString());
        }

        foreach (var detail in TranscriptRenderer.Unusual(transcript))
        {
            yield return new TranscriptEntry(
                TranscriptEntryKind.Aside,
                string.Empty,
                ToolText.Shortened($"[{detail.Name}] {string.Join(' ', detail.Values)}", longest)
            );
        }

        if (TranscriptRenderer.Footer(transcript) is { Length: > 0 } footer)
        {
            yield return new TranscriptEntry(TranscriptEntryKind.Aside, string.Empty, footer);
        }
    }

    private static IEnumerable<TranscriptEntry> Of(Transcript transcript, Turn turn, int longest)
    {
        if (turn.Reasoning is { } reasoning)
        {
            yield return new TranscriptEntry(TranscriptEntryKind.Aside, string.Empty, $"[reasoning] {reasoning}");
        }

        foreach (var part in turn.Parts)
        {
            yield return part.Kind == ContentPartKind.Text
                ? new TranscriptEntry(TranscriptEntryKind.Said, string.Empty, part.Value.TrimStart('\r', '\n'))
                : new TranscriptEntry(
                    TranscriptEntryKind.Aside,
                    string.Empty,
                    ToolText.Shortened(part.ToString(), longest)
                );
        }

        if (turn.Refusal is { } refusal)
        {
            yield return new TranscriptEntry(TranscriptEntryKind.Said, string.Empty, $"[refusal] {refusal}");
        }

        foreach (var call in turn.ToolCalls)
        {
            var result = transcript.ToolResults.Of(call);
            var text = $"[call] {call.Name}({ToolText.Shortened(call.Arguments, longest)})";
            yield return new TranscriptEntry(
                TranscriptEntryKind.Aside,
                string.Empty,
                result is null
                    ? text
                    : $"{text} → {ToolText.Shortened(ToolText.Of(result), longest)}{ToolText.Took(turn, result)}"
            );
            foreach (var entry in transcript.AgentOf(call) is { } agent ? Of(agent, longest) : [])
            {
                var speaker = entry.Speaker.Length > 0 ? $"{entry.Speaker}: " : string.Empty;
                yield return new TranscriptEntry(
                    TranscriptEntryKind.Aside,
                    string.Empty,
                    "│ " + $"{speaker}{entry.Text}".ReplaceLineEndings("\n│ ")
                );
            }
        }
    }
}

/// <summary>Specifies the kind of an entry in a text transcript.</summary>
internal enum TranscriptEntryKind
{
    /// <summary>A message.</summary>
    Said,

    /// <summary>Additional information: reasoning, calls, images, the cassette, the finish reason.</summary>
    Aside,

    /// <summary>An error.</summary>
    Error,
}
