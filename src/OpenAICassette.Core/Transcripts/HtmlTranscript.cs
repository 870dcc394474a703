using System.Globalization;
using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Renders one conversation of a page: its facts, its turns, then the request and what else was recorded.</summary>
/// <param name="html">The page.</param>
/// <param name="transcript">The conversation.</param>
/// <param name="options">What the page shows besides.</param>
/// <param name="prefix">What the ids of its places begin with, so that they differ from those of other conversations.</param>
internal sealed class HtmlTranscript(StringBuilder html, Transcript transcript, PageOptions options, string prefix = "")
{
    /// <summary>More turns of an API without conversations, such as the inputs of embeddings, are folded.</summary>
    private const int MostInputs = 3;

    /// <summary>Begins the turns, after the facts.</summary>
    public const string TurnsBegin = "<div class=\"talk\">\n";

    private int _turns;

    /// <summary>Appends the conversation.</summary>
    public void Append()
    {
        html.Table(CallFacts.Of(transcript, options), "facts");
        Waterfall.Append(html, transcript, CallAnchor);
        if (transcript.Conversations is [var only])
        {
            html.Strip(only.Interaction);
        }

        html.Append(TurnsBegin);
        Turns();
        if (transcript.Error is { } error)
        {
            html.Error(error, $"{prefix}error");
        }

        html.Append("</div>\n<footer>");
        Request(transcript.Conversations[^1]);
        Details();
        html.Append("</footer>\n");
    }

    private void Turns()
    {
        var inputs = Inputs();
        if (inputs > MostInputs)
        {
            html.Folded("meta", $"{TranscriptRenderer.Count(inputs, "input")}", string.Empty, () => Turns(0, inputs));
            Turns(inputs, transcript.Turns.Count);
        }
        else
        {
            Turns(0, transcript.Turns.Count);
        }
    }

    /// <summary>Returns the number of inputs before the answer of an API without conversations; otherwise 0.</summary>
    private int Inputs() =>
        transcript.Conversations is [{ Converses: false }] ? transcript.Turns.Count(turn => turn.Choice is null) : 0;

    private void Turns(int from, int to)
    {
        var writer = new HtmlTurn(html, transcript, options);
        for (var i = from; i < to; i++)
        {
            var turn = transcript.Turns[i];
            if (
                transcript.Settings is { } settings
                && (i == 0 || turn.Interaction != transcript.Turns[i - 1].Interaction)
            )
            {
                Call(settings, turn.Interaction);
            }

            if (turn.Note is { } note)
            {
                html.Append("<p class=\"source\">").Text(note).Append("</p>\n");
            }

            if (!transcript.ToolResults.IsShownWithCall(turn) && turn.Role.Length > 0)
            {
                _turns++;
                writer.Append(turn, $"{prefix}t{Number(_turns)}");
            }
        }
    }

    /// <summary>Appends where a call of several begins, with its facts.</summary>
    private void Call(CallSettings settings, Interaction interaction)
    {
        var conversation = transcript.Conversations.First(call => call.Interaction == interaction);
        var anchor = CallAnchor(conversation);
        html.Append("<div class=\"source\" id=\"").Append(anchor).Append("\"><p>");
        html.Append(Number(PlaceOf(conversation))).Append(". ").Text(settings.Caption(interaction)).Append("</p>\n");
        html.Table(CallFacts.Of(conversation, options), "facts");
        html.Strip(interaction);
        html.Append("</div>\n");
    }

    private string CallAnchor(Conversation conversation) => $"{prefix}call{Number(PlaceOf(conversation))}";

    private int PlaceOf(Conversation conversation) =>
        transcript.Conversations.TakeWhile(call => call != conversation).Count() + 1;

    private void Request(Conversation conversation)
    {
        if (conversation.Tools.Count + conversation.Parameters.Count == 0)
        {
            return;
        }

        var title =
            conversation.Tools.Count == 0
                ? "request"
                : $"request · {TranscriptRenderer.Count(conversation.Tools.Count, "tool")}";
        html.Folded("meta", title, string.Empty, () =>
        {
            html.Table(conversation.Parameters.Select(parameter => (parameter.Name, parameter.Value)));
            foreach (var tool in conversation.Tools)
            {
                html.Append("<h4>").Text(tool.Name).Append("</h4>\n");
                html.Plain(tool.Description ?? string.Empty);
                html.Data(tool.Parameters ?? string.Empty);
            }
        });
    }

    private void Details()
    {
        var details = transcript.Conversations.SelectMany(conversation => conversation.Details).ToList();
        if (details.Count > 0)
        {
            html.Folded("meta", "response details", string.Empty, () =>
                html.Table(details.Select(detail => (detail.Name, string.Join('\n', detail.Values))))
            );
        }

        var tokens = transcript.Turns.SelectMany(turn => turn.LogProbs).ToList();
        if (tokens.Count > 0)
        {
            html.Folded("meta", "log probabilities", TranscriptRenderer.Count(tokens.Count, "token"), () =>
                Tokens(tokens)
            );
        }
    }

    private void Tokens(List<TokenLogProb> tokens)
    {
        html.Append("<div class=\"wide\"><table><tr><th>token</th><th>log probability</th><th>probability</th>");
        html.Append("<th>alternatives</th></tr>\n");
        foreach (var token in tokens)
        {
            html.Append("<tr><td><code>").Text(TokenHtml.Visible(token.Token)).Append("</code></td><td>");
            html.Append(CultureInfo.InvariantCulture, $"{token.LogProb}</td><td>{TokenHtml.Percent(token.LogProb)}");
            html.Append("</td><td>").Text(TokenHtml.Alternatives(token)).Append("</td></tr>\n");
        }

        html.Append("</table></div>\n");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
