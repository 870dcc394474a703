using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Renders one conversation of a page.</summary>
internal static class HtmlTranscript
{
    private const int LongestSummary = 90;

    /// <summary>Appends a conversation.</summary>
    public static void Append(StringBuilder html, Transcript transcript)
    {
        html.Append("<div class=\"talk\">\n");
        Interaction? source = null;
        foreach (var turn in transcript.Turns)
        {
            if (transcript.Settings is { } settings && turn.Interaction != source)
            {
                source = turn.Interaction;
                html.Append("<p class=\"source\">").Text(settings.Caption(source)).Append("</p>\n");
            }

            if (turn.Note is { } note)
            {
                html.Append("<p class=\"source\">").Text(note).Append("</p>\n");
            }

            if (!transcript.ToolResults.IsShownWithCall(turn) && turn.Role.Length > 0)
            {
                Turn(html, transcript, turn);
            }
        }

        if (transcript.Error is { } error)
        {
            html.Append("<section class=\"turn error\"><h3>error</h3><div class=\"said\">\n");
            html.Said(error.ToString());
            html.Append("</div></section>\n");
        }

        html.Append("</div>\n<footer>");
        foreach (var conversation in transcript.Conversations)
        {
            html.Strip(conversation.Interaction);
        }

        html.Append("<p class=\"end\">").Text(TranscriptRenderer.Footer(transcript)).Append("</p>\n");
        Request(html, transcript.Conversations[^1]);
        Details(html, transcript);
        html.Append("</footer>\n");
    }

    private static void Turn(StringBuilder html, Transcript transcript, Turn turn)
    {
        var style = turn.Role is "user" or "assistant" or "system" or "developer" or "tool" ? turn.Role : "other";
        html.Append("<section class=\"turn ").Append(style).Append("\"><h3>").Text(turn.Role);
        if (turn.Message.Name is { } name)
        {
            html.Append(" <small>").Text(name).Append("</small>");
        }

        html.Append("</h3><div class=\"said\">\n");
        if (turn.Reasoning is { } reasoning)
        {
            Folded(html, "reasoning", "reasoning", Conversations.Shortened.To(OneLine(reasoning), LongestSummary), () =>
                html.Said(reasoning)
            );
        }

        foreach (var part in turn.Parts)
        {
            Part(html, part);
        }

        if (turn.Refusal is { } refusal)
        {
            html.Append("<div class=\"refusal\"><small>refusal</small>");
            html.Said(refusal);
            html.Append("</div>\n");
        }

        foreach (var call in turn.ToolCalls)
        {
            Call(html, transcript, turn, call);
        }

        html.Append("</div></section>\n");
    }

    private static void Part(StringBuilder html, ContentPart part)
    {
        if (part.Kind == ContentPartKind.Text)
        {
            html.Said(part.Value);
        }
        else if (EmbeddedImage.Of(part) is { } image)
        {
            html.Append("<img alt=\"image\" src=\"").Append(image).Append("\">\n");
        }
        else if (part.Kind == ContentPartKind.Json)
        {
            Folded(html, "call", part.Name, Conversations.Shortened.To(part.Value, LongestSummary), () =>
                Code(html, part.Value)
            );
        }
        else
        {
            html.Append("<p class=\"media\"><small>").Text(part.Name).Append("</small> ");
            Link(html, part);
            html.Append("</p>\n");
            html.Said(part.Spoken ?? string.Empty);
        }
    }

    /// <summary>Appends a link without a referrer; an address of another scheme becomes text.</summary>
    private static void Link(StringBuilder html, ContentPart part)
    {
        if (
            part.Value.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || part.Value.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        )
        {
            html.Append("<a rel=\"noreferrer noopener nofollow\" href=\"")
                .Text(part.Value)
                .Append("\">")
                .Text(part.Value)
                .Append("</a>");
        }
        else
        {
            html.Text(part.Shown);
        }
    }

    private static void Call(StringBuilder html, Transcript transcript, Turn turn, ToolCall call)
    {
        var result = transcript.ToolResults.Of(call);
        var answer = result is null ? null : ToolText.Of(result);
        html.Append("<details class=\"call\"><summary><b>")
            .Text(call.Name)
            .Append("</b><span>(")
            .Text(Conversations.Shortened.To(OneLine(call.Arguments), LongestSummary))
            .Append(")</span>");
        if (answer is not null)
        {
            html.Append(" <i>→</i> <span>")
                .Text(Conversations.Shortened.To(OneLine(answer), LongestSummary))
                .Append("</span>")
                .Text(ToolText.Took(turn, result));
        }

        html.Append("</summary>\n");
        Code(html, call.Arguments);
        if (answer is not null)
        {
            html.Append("<small>").Text(result!.Role).Append(" answers</small>");
            Code(html, answer);
            foreach (var image in result.Parts.Where(part => EmbeddedImage.Of(part) is not null))
            {
                Part(html, image);
            }
        }

        if (transcript.AgentOf(call) is { } agent)
        {
            var calls = TranscriptRenderer.Count(agent.Conversations.Count, "call");
            Folded(html, "meta", "sub-agent", calls, () => Append(html, agent));
        }

        html.Append("</details>\n");
    }

    private static void Request(StringBuilder html, Conversation conversation)
    {
        if (conversation.Tools.Count + conversation.Parameters.Count == 0)
        {
            return;
        }

        var title =
            conversation.Tools.Count == 0
                ? "request"
                : $"request · {TranscriptRenderer.Count(conversation.Tools.Count, "tool")}";
        Folded(html, "meta", title, string.Empty, () =>
        {
            Table(html, conversation.Parameters.Select(parameter => (parameter.Name, parameter.Value)));
            foreach (var tool in conversation.Tools)
            {
                html.Append("<h4>").Text(tool.Name).Append("</h4>\n");
                html.Said(tool.Description ?? string.Empty);
                Code(html, tool.Parameters ?? string.Empty);
            }
        });
    }

    private static void Details(StringBuilder html, Transcript transcript)
    {
        var details = transcript.Conversations.SelectMany(conversation => conversation.Details).ToList();
        var logProbs = transcript.Turns.Sum(turn => turn.LogProbs.Count);
        if (details.Count + logProbs == 0)
        {
            return;
        }

        Folded(html, "meta", "response details", string.Empty, () =>
        {
            Table(html, details.Select(detail => (detail.Name, string.Join('\n', detail.Values))));
            if (logProbs > 0)
            {
                html.Append("<h4>log probabilities</h4>\n");
                Table(
                    html,
                    transcript
                        .Turns.SelectMany(turn => turn.LogProbs)
                        .Select(token => (token.Token, $"{token}"[token.Token.Length..].Trim()))
                );
            }
        });
    }

    private static void Table(StringBuilder html, IEnumerable<(string Name, string Value)> rows)
    {
        html.Append("<dl>\n");
        foreach (var (name, value) in rows)
        {
            html.Append("<dt>").Text(name).Append("</dt><dd>").Text(value).Append("</dd>\n");
        }

        html.Append("</dl>\n");
    }

    private static void Code(StringBuilder html, string code)
    {
        if (code.Length > 0)
        {
            html.Append("<pre class=\"code\"><code>").Text(PrettyJson.Of(code)).Append("</code></pre>\n");
        }
    }

    private static void Folded(StringBuilder html, string style, string title, string summary, Action content)
    {
        html.Append("<details class=\"")
            .Append(style)
            .Append("\"><summary><b>")
            .Text(title)
            .Append("</b> <span>")
            .Text(summary)
            .Append("</span></summary>\n");
        content();
        html.Append("</details>\n");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
