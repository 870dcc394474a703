using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Renders Markdown for GitHub: messages in block quotes, arguments and results of tools in code blocks. No text can
/// break out of its place.
/// </summary>
internal static class MarkdownTranscript
{
    /// <summary>The maximum number of tokens in the table of log probabilities.</summary>
    private const int MostTokens = 500;

    /// <summary>Renders a transcript, without a final line end.</summary>
    public static string Render(Transcript transcript, PageOptions? options = null)
    {
        options ??= PageOptions.None;
        var text = new StringBuilder();
        Facts(text, CallFacts.Of(transcript, options));
        Interaction? source = null;
        foreach (var turn in transcript.Turns)
        {
            if (transcript.Settings is { } settings && turn.Interaction != source)
            {
                source = turn.Interaction;
                Block(text, $"_{MarkdownText.Escaped(settings.Caption(source))}_");
                Facts(text, CallFacts.Of(transcript.Conversations.First(call => call.Interaction == source), options));
            }

            if (turn.Note is { } note)
            {
                Block(text, $"_{MarkdownText.Escaped(note)}_");
            }

            if (!transcript.ToolResults.IsShownWithCall(turn) && turn.Role.Length > 0)
            {
                Block(text, $"**{MarkdownText.Escaped(turn.Role)}**");
                Turn(text, transcript, turn);
                if (SessionCaption.LineOf(turn) is { Length: > 0 } caption)
                {
                    Block(text, $"_{MarkdownText.Escaped(caption)}_");
                }
            }
        }

        if (transcript.LastError is { } error)
        {
            Block(text, "**error**");
            Quote(text, error.ToString());
            if (error.Body.HasValue)
            {
                Code(text, "json", error.Body.ToCompactJson());
            }
        }

        foreach (var detail in TranscriptRenderer.Unusual(transcript))
        {
            Block(text, $"_{MarkdownText.Escaped(detail.Name)}_");
            Code(text, "json", string.Join('\n', detail.Values));
        }

        var tokens = transcript.Turns.SelectMany(turn => turn.LogProbs).ToList();
        if (tokens.Count > 0)
        {
            Tokens(text, tokens);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void Facts(StringBuilder text, IEnumerable<(string Name, string Value)> facts)
    {
        var line = string.Join(" · ", facts.Select(fact => $"{fact.Name} {fact.Value}"));
        if (line.Length > 0)
        {
            Block(text, $"_{MarkdownText.Escaped(line)}_");
        }
    }

    /// <summary>Appends log probabilities as a table.</summary>
    private static void Tokens(StringBuilder text, List<TokenLogProb> tokens)
    {
        Block(text, "_log probabilities_");
        text.Append("| token | probability | alternatives |\n| --- | --- | --- |\n");
        foreach (var token in tokens.Take(MostTokens))
        {
            text.Append("| ")
                .Append(MarkdownText.Escaped(TokenHtml.Visible(token.Token)))
                .Append(" | ")
                .Append(TokenHtml.Percent(token.LogProb))
                .Append(" | ")
                .Append(MarkdownText.Escaped(TokenHtml.Alternatives(token)))
                .Append(" |\n");
        }

        text.Append('\n');
        if (tokens.Count > MostTokens)
        {
            Block(text, $"_and {TranscriptRenderer.Count(tokens.Count - MostTokens, "more token")}_");
        }
    }

    private static void Turn(StringBuilder text, Transcript transcript, Turn turn)
    {
        if (turn.Reasoning is { } reasoning)
        {
            Block(text, "_reasoning_");
            Quote(text, reasoning);
        }

        foreach (var part in turn.Parts)
        {
            Part(text, part);
        }

        if (turn.Refusal is { } refusal)
        {
            Block(text, "_refusal_");
            Quote(text, refusal);
        }

        foreach (var call in turn.ToolCalls)
        {
            Block(text, $"_calls_ {MarkdownText.Escaped(call.Name)}");
            Code(text, "json", call.Arguments);
            if (transcript.ToolResults.Of(call) is { } result)
            {
                Block(text, $"_{MarkdownText.Escaped(result.Role)} answers_{ToolText.Took(turn, result)}");
                Code(text, string.Empty, ToolText.Of(result));
            }

            if (transcript.AgentOf(call) is { } agent)
            {
                Block(text, "_sub-agent_");
                Block(text, string.Join('\n', Render(agent).Split('\n').Select(line => $"> {line}".TrimEnd())));
            }
        }
    }

    private static void Part(StringBuilder text, ContentPart part)
    {
        var isLink =
            part.Value.StartsWith("https://", StringComparison.Ordinal)
            || part.Value.StartsWith("http://", StringComparison.Ordinal);
        switch (part.Kind)
        {
            case ContentPartKind.Text:
                Quote(text, part.Value);
                break;
            case ContentPartKind.Json:
                Block(text, $"_{MarkdownText.Escaped(part.Name)}_");
                Code(text, "json", part.Value);
                break;
            case var _ when isLink:
                Block(text, $"> [{part.Name}]({MarkdownText.Target(part.Value)})");
                break;
            default:
                Quote(text, part.ToString());
                break;
        }
    }

    private static void Block(StringBuilder text, string line) => text.Append(line).Append("\n\n");

    private static void Quote(StringBuilder text, string said)
    {
        foreach (var line in MarkdownText.Lines(said.Trim('\r', '\n')))
        {
            text.Append("> ").Append(line).Append('\n');
        }

        text.Append('\n');
    }

    private static void Code(StringBuilder text, string language, string code)
    {
        foreach (var line in MarkdownText.Code(InertText.OfLines(code.ReplaceLineEndings("\n")).Split('\n'), language))
        {
            text.Append(line).Append('\n');
        }

        text.Append('\n');
    }
}
