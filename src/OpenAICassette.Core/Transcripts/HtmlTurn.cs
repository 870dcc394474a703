using System.Globalization;
using System.Text;
using OpenAICassette.Conversations;

namespace OpenAICassette.Transcripts;

/// <summary>Renders one turn: reasoning, parts, a refusal, tool calls with their results.</summary>
/// <param name="html">The page.</param>
/// <param name="transcript">The transcript.</param>
/// <param name="options">What the page shows besides.</param>
internal sealed class HtmlTurn(StringBuilder html, Transcript transcript, PageOptions options)
{
    /// <summary>Longer instructions and results of tools are folded.</summary>
    private const int LongestOpen = 600;

    /// <summary>Lists with more lines are folded if they are answers of an API without conversations.</summary>
    private const int MostLines = 5;

    /// <summary>Appends a turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="anchor">The id of its place in the page.</param>
    public void Append(Turn turn, string anchor)
    {
        var style = turn.Role is "user" or "assistant" or "system" or "developer" or "tool" ? turn.Role : "other";
        html.Append("<section class=\"turn ").Append(style).Append("\" id=\"").Append(anchor).Append("\"><h3>");
        html.Append("<a href=\"#").Append(anchor).Append("\">").Text(turn.Role).Append("</a>");
        if (turn.Message.Name is { } name)
        {
            html.Append(" <small>").Text(name).Append("</small>");
        }

        html.Append("</h3><div class=\"said\">\n");
        if (turn.Reasoning is { } reasoning)
        {
            html.Folded("reasoning", "reasoning", reasoning, () => html.Message(reasoning));
        }

        foreach (var part in turn.Parts)
        {
            Part(turn, part);
        }

        if (turn.Refusal is { } refusal)
        {
            html.Append("<div class=\"refusal\"><small>refusal</small>");
            html.Message(refusal);
            html.Append("</div>\n");
        }

        foreach (var call in turn.ToolCalls)
        {
            Call(turn, call, anchor);
        }

        html.Append("</div></section>\n");
    }

    private void Part(Turn turn, ContentPart part)
    {
        if (part.Kind == ContentPartKind.Text)
        {
            TextPart(turn, part.Value);
        }
        else if (EmbeddedImage.Of(part) is { } image)
        {
            html.Append("<img alt=\"image\" src=\"").Append(image).Append("\">\n");
        }
        else if (part.Kind == ContentPartKind.Json)
        {
            html.Folded("call", part.Name, part.Value, () => html.Data(part.Value));
        }
        else
        {
            html.Append("<p class=\"media\"><small>").Text(part.Name).Append("</small> ");
            html.Link(part.Value, () => html.Text(part.Shown));
            html.Append("</p>\n");
            html.Message(part.Spoken ?? string.Empty);
        }
    }

    /// <summary>Appends a text: that of a tool as data, one with log probabilities token by token as well.</summary>
    private void TextPart(Turn turn, string text)
    {
        if (turn.Role is "tool" or "function")
        {
            Long("result", text, () => html.Data(text));
        }
        else if (turn.Role is "system" or "developer")
        {
            Long("instructions", text, () => html.Message(text));
        }
        else if (IsList(turn, text, out var lines))
        {
            var count = lines.ToString("N0", CultureInfo.InvariantCulture);
            html.Folded("meta", $"{count} lines", text, () => html.Plain(text));
        }
        else if (turn.LogProbs.Count > 0 && turn.Text == text)
        {
            html.Append("<div>");
            var hasTokens = TokenHtml.TryAppend(html, text, turn.LogProbs);
            html.Append(hasTokens ? "<div class=\"shown\">\n" : "<div>\n");
            html.Message(text);
            html.Append("</div></div>\n");
        }
        else
        {
            html.Message(text);
        }
    }

    /// <summary>Returns whether a text is a long list that an API without conversations answered.</summary>
    private bool IsList(Turn turn, string text, out int lines)
    {
        lines = text.AsSpan().Count('\n') + 1;
        return lines > MostLines
            && turn.Choice is not null
            && transcript.Conversations.Any(call => call.Interaction == turn.Interaction && !call.Converses);
    }

    private void Long(string title, string text, Action content)
    {
        if (text.Length <= LongestOpen)
        {
            content();
        }
        else
        {
            var length = text.Length.ToString("N0", CultureInfo.InvariantCulture);
            html.Folded("meta", title, $"{length} characters: {PlainTitle.Words(text, 60)}", content);
        }
    }

    private void Call(Turn turn, ToolCall call, string anchor)
    {
        var result = transcript.ToolResults.Of(call);
        var answer = result is null ? null : ToolText.Of(result);
        html.Append("<details class=\"call\"><summary><b>")
            .Text(call.Name)
            .Append("</b><span>(")
            .Text(Shortened.To(HtmlParts.OneLine(call.Arguments), HtmlParts.LongestSummary))
            .Append(")</span>");
        if (answer is not null)
        {
            html.Append(" <i>→</i> <span>")
                .Text(Shortened.To(HtmlParts.OneLine(answer), HtmlParts.LongestSummary))
                .Append("</span>")
                .Text(ToolText.Took(turn, result));
        }

        html.Append("</summary>\n");
        html.Data(call.Arguments);
        if (answer is not null)
        {
            html.Append("<small>").Text(result!.Role).Append(" answers</small>");
            html.Data(answer);
            foreach (var image in result.Parts.Where(part => EmbeddedImage.Of(part) is not null))
            {
                Part(result, image);
            }
        }

        if (transcript.AgentOf(call) is { } agent)
        {
            var calls = TranscriptRenderer.Count(agent.Conversations.Count, "call");
            html.Folded("meta", "sub-agent", calls, () =>
                new HtmlTranscript(html, agent, options, $"{anchor}-{call.Id}-").Append()
            );
        }

        html.Append("</details>\n");
    }
}
