using System.Globalization;
using System.Text;
using OpenAICassette.Formats.AgentLogs;

namespace OpenAICassette.Search;

/// <summary>
/// Lists the texts of an interaction that are wanted: those of its request, what was answered, and those of the rest of
/// the response.
/// </summary>
/// <param name="wanted">Chooses texts.</param>
internal sealed class RecordedTexts(TextFilter wanted)
{
    private const string Request = "request";
    private const string Response = "response";

    /// <summary>Returns the texts. Pieces of a stream are put together.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public IEnumerable<RecordedText> Of(Interaction interaction)
    {
        IEnumerable<RecordedText> url = interaction is { Url: { } given, IsReconstructed: false }
            ? [new RecordedText("request url", given)]
            : [];
        foreach (var text in url.Where(IsWanted).Concat(OfBody(Request, LogViews.NewsOf(interaction))))
        {
            yield return text;
        }

        var answers = OfAnswers(interaction).ToList();
        foreach (var text in answers.Where(IsWanted))
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
    public IEnumerable<RecordedText> Said(Interaction interaction)
    {
        foreach (var text in OfBody(Request, LogViews.NewsOf(interaction)))
        {
            yield return text;
        }

        var answers = OfAnswers(interaction).ToList();
        foreach (var text in answers.Count > 0 ? answers.Where(IsWanted) : OfResponse(interaction.Response))
        {
            yield return text;
        }
    }

    private bool IsWanted(RecordedText text) => wanted(text.Text);

    private static IEnumerable<RecordedText> OfAnswers(Interaction interaction)
    {
        foreach (var choice in ConversationAssembler.AssembleAnswers(interaction))
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

    private IEnumerable<RecordedText> OfResponse(RecordedResponse response)
    {
        IEnumerable<RecordedText> error = response.Error is { } failure
            ? [new RecordedText("response error", failure.Message)]
            : [];
        return error
            .Where(IsWanted)
            .Concat(response.IsStreaming ? OfFrames(response.Frames) : OfBody(Response, response.Body));
    }

    private IEnumerable<RecordedText> OfFrames(IReadOnlyList<Frame> frames)
    {
        JsonValue before = default;
        for (var index = 0; index < frames.Count; index++)
        {
            var frame = frames[index];
            var place = string.Create(CultureInfo.InvariantCulture, $"response chunk {index}");
            foreach (
                var text in frame.Json.Exists
                    ? new JsonTexts(place, wanted).Of(frame.Json, before)
                    : Alone(place, Encoding.UTF8.GetString(frame.Data.Span))
            )
            {
                yield return text;
            }

            before = frame.Json;
        }
    }

    private IEnumerable<RecordedText> OfBody(string side, Body body) =>
        body.Json.Exists ? new JsonTexts(side, wanted).Of(body.Json)
        : body.Parts.Count > 0 ? body.Parts.SelectMany(part => OfBody($"{side} part {part.Name}", part.Body))
        : body.Text is { Length: > 0 } text ? Alone(side, text)
        : [];

    private RecordedText[] Alone(string place, string text) => wanted(text) ? [new RecordedText(place, text)] : [];
}
