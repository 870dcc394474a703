using System.Globalization;
using System.Text;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Search;

/// <summary>Lists the texts of an interaction: its request, what was answered, and the rest of the response.</summary>
internal static class RecordedTexts
{
    private const string Request = "request";
    private const string Response = "response";

    /// <summary>Returns the texts. Pieces of a stream are put together.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public static IEnumerable<RecordedText> Of(Interaction interaction)
    {
        if (interaction is { Url: { } url, IsReconstructed: false })
        {
            yield return new RecordedText("request url", url);
        }

        foreach (var text in OfBody(Request, LogViews.NewsOf(interaction)))
        {
            yield return text;
        }

        var answers = OfAnswers(interaction).ToList();
        foreach (var text in answers)
        {
            yield return text;
        }

        // An answer is searched once as a whole, not again in each chunk with a part of it.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in OfResponse(interaction.Response))
        {
            var isKnown = answers.Exists(answer => answer.Text.Contains(text.Text, StringComparison.Ordinal));
            if (!isKnown && seen.Add(text.Text))
            {
                yield return text;
            }
        }
    }

    /// <summary>
    /// Returns the texts of the request and of the answers; those of the whole response if there is no answer. Ids and
    /// the like in a response are nothing that was said.
    /// </summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public static IEnumerable<RecordedText> Said(Interaction interaction)
    {
        foreach (var text in OfBody(Request, LogViews.NewsOf(interaction)))
        {
            yield return text;
        }

        var hasAnswer = false;
        foreach (var text in OfAnswers(interaction))
        {
            hasAnswer = true;
            yield return text;
        }

        foreach (var text in hasAnswer ? [] : OfResponse(interaction.Response))
        {
            yield return text;
        }
    }

    private static IEnumerable<RecordedText> OfAnswers(Interaction interaction)
    {
        var conversation = ConversationAssembler.Assemble(interaction);
        foreach (var choice in conversation.Converses ? conversation.Choices : [])
        {
            var (message, place) = (
                choice.Message,
                string.Create(CultureInfo.InvariantCulture, $"answer {choice.Index}")
            );
            foreach (var part in message.Parts.Where(part => part.Kind == ContentPartKind.Text))
            {
                yield return new RecordedText(place, part.Value, message.Role);
            }

            if (message.Reasoning is { } reasoning)
            {
                yield return new RecordedText($"{place} reasoning", reasoning, message.Role);
            }

            if (message.Refusal is { } refusal)
            {
                yield return new RecordedText($"{place} refusal", refusal, message.Role);
            }

            foreach (var (call, number) in message.ToolCalls.Select((call, number) => (call, number)))
            {
                var at = string.Create(CultureInfo.InvariantCulture, $"{place} call {number}");
                yield return new RecordedText(at, call.Name, message.Role);
                yield return new RecordedText($"{at} {call.Name}", call.Arguments, message.Role);
            }
        }
    }

    private static IEnumerable<RecordedText> OfResponse(RecordedResponse response)
    {
        if (response.Error is { } error)
        {
            yield return new RecordedText("response error", error.Message);
        }

        foreach (var text in response.IsStreaming ? OfFrames(response.Frames) : OfBody(Response, response.Body))
        {
            yield return text;
        }
    }

    private static IEnumerable<RecordedText> OfFrames(IReadOnlyList<Frame> frames) =>
        frames.SelectMany(
            (frame, index) =>
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"response chunk {index}");
                return frame.Json.Exists
                    ? new JsonTexts(place).Of(frame.Json)
                    : [new RecordedText(place, Encoding.UTF8.GetString(frame.Data.Span))];
            }
        );

    private static IEnumerable<RecordedText> OfBody(string side, Body body)
    {
        if (body.Json.Exists)
        {
            return new JsonTexts(side).Of(body.Json);
        }

        return body.Parts.Count > 0 ? body.Parts.SelectMany(part => OfBody($"{side} part {part.Name}", part.Body))
            : body.Text is { Length: > 0 } text ? [new RecordedText(side, text)]
            : [];
    }
}
