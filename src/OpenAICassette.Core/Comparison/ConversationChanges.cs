using System.Globalization;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Comparison;

/// <summary>Compares two recordings of a call. What <see cref="ResponseNoise"/> names is left out.</summary>
internal static class ConversationChanges
{
    /// <summary>Returns all differences: those of the request, then of the answer, then the rest.</summary>
    public static IEnumerable<CassetteDifference> Of(Conversation before, Conversation after) =>
        Request(before, after).Concat(Answer(before, after)).Concat(Rest(before, after));

    private static IEnumerable<CassetteDifference> Request(Conversation before, Conversation after)
    {
        var (old, new_) = (before.Interaction, after.Interaction);
        var head = new[]
        {
            TextChanges.Of(DifferenceArea.Request, "endpoint", old.Endpoint, new_.Endpoint),
            TextChanges.Of(DifferenceArea.Request, "url", Base(old), Base(new_)),
        }.OfType<CassetteDifference>();
        return head.Concat(MessageChanges.OfLists(before.Messages, after.Messages))
            .Concat(Tools(before, after))
            .Concat(Parameters(before, after));
    }

    private static IEnumerable<CassetteDifference> Tools(Conversation before, Conversation after) =>
        Names(before.Tools.Select(tool => tool.Name), after.Tools.Select(tool => tool.Name))
            .SelectMany(name =>
            {
                var old = before.Tools.FirstOrDefault(tool => tool.Name == name);
                var new_ = after.Tools.FirstOrDefault(tool => tool.Name == name);
                var place = $"tools.{name}";
                return old is null || new_ is null
                    ? [new CassetteDifference(DifferenceArea.Request, place, Shown(old), Shown(new_))]
                    : Some(
                            TextChanges.Of(
                                DifferenceArea.Request,
                                $"{place}.description",
                                old.Description,
                                new_.Description
                            )
                        )
                        .Concat(
                            JsonChanges.Of(
                                DifferenceArea.Request,
                                $"{place}.parameters",
                                old.Parameters,
                                new_.Parameters
                            )
                        );
            });

    private static IEnumerable<CassetteDifference> Parameters(Conversation before, Conversation after) =>
        Names(
                before.Parameters.Select(parameter => parameter.Name),
                after.Parameters.Select(parameter => parameter.Name)
            )
            .SelectMany(name =>
                JsonChanges.Of(
                    DifferenceArea.Request,
                    name,
                    before.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Value,
                    after.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Value
                )
            );

    private static IEnumerable<CassetteDifference> Answer(Conversation before, Conversation after)
    {
        var choices = Enumerable
            .Range(0, Math.Max(before.Choices.Count, after.Choices.Count))
            .SelectMany(index =>
            {
                var (old, new_) = (before.Choices.ElementAtOrDefault(index), after.Choices.ElementAtOrDefault(index));
                var place = $"choices[{index.ToString(CultureInfo.InvariantCulture)}]";
                return old is null || new_ is null
                    ?
                    [
                        new CassetteDifference(
                            DifferenceArea.Answer,
                            place,
                            old?.Message.ToString(),
                            new_?.Message.ToString()
                        ),
                    ]
                    : MessageChanges
                        .Of(DifferenceArea.Answer, place, old.Message, new_.Message)
                        .Concat(
                            Some(
                                TextChanges.Of(
                                    DifferenceArea.Answer,
                                    $"{place}.finish_reason",
                                    old.FinishReason,
                                    new_.FinishReason
                                )
                            )
                        )
                        .Concat(
                            Some(
                                TextChanges.Of(
                                    DifferenceArea.Answer,
                                    $"{place}.logprobs",
                                    LogProbs(old, new_, isNew: false),
                                    LogProbs(old, new_, isNew: true)
                                )
                            )
                        );
            });
        return Some(TextChanges.Of(DifferenceArea.Answer, "model", before.Model, after.Model))
            .Concat(choices)
            .Concat(
                Some(TextChanges.Of(DifferenceArea.Answer, "error", before.Error?.ToString(), after.Error?.ToString()))
            )
            .Select(difference => difference.Place == "model" ? difference with { Words = [] } : difference);
    }

    /// <summary>Compares the details of the answer; for an API without conversations, the whole answer.</summary>
    private static IEnumerable<CassetteDifference> Rest(Conversation before, Conversation after)
    {
        var (old, new_) = (before.Interaction, after.Interaction);
        var numbers = new[]
        {
            ("chunks", Number(old.ChunkCount), Number(new_.ChunkCount)),
            ("seconds", Seconds(old), Seconds(new_)),
        };
        var counted = numbers
            .Where(number => number.Item2 != number.Item3)
            .Select(number => new CassetteDifference(
                DifferenceArea.Response,
                number.Item1,
                number.Item2,
                number.Item3
            ));
        if (!before.Converses && !after.Converses)
        {
            return counted.Concat(
                JsonChanges.Of(
                    DifferenceArea.Response,
                    "body",
                    old.Response.Body.Json,
                    new_.Response.Body.Json,
                    withoutNoise: true
                )
            );
        }

        var details = Names(Details(before).Select(detail => detail.Name), Details(after).Select(detail => detail.Name))
            .SelectMany(name =>
                JsonChanges.Of(
                    DifferenceArea.Response,
                    name,
                    Values(before, name),
                    Values(after, name),
                    withoutNoise: true
                )
            );
        return counted.Concat(details);
    }

    private static IEnumerable<Detail> Details(Conversation conversation) =>
        conversation.Details.Where(detail => !ResponseNoise.Includes(detail));

    /// <summary>Returns the value of a detail, a list if it has several, null if it has no value.</summary>
    private static string? Values(Conversation conversation, string name) =>
        Details(conversation).FirstOrDefault(detail => detail.Name == name)?.Values is not { } values ? null
        : values.Count == 1 ? values[0]
        : $"[{string.Join(',', values)}]";

    private static string? LogProbs(Choice before, Choice after, bool isNew)
    {
        var differing =
            before
                .LogProbs.Zip(after.LogProbs)
                .Count(pair => pair.First.Token != pair.Second.Token || pair.First.LogProb != pair.Second.LogProb)
            + Math.Abs(before.LogProbs.Count - after.LogProbs.Count);
        var count = $"{Number((isNew ? after : before).LogProbs.Count)} tokens";
        return differing == 0 ? null
            : isNew ? $"{count}, {Number(differing)} other"
            : count;
    }

    private static string? Seconds(Interaction interaction) =>
        interaction.IsStreaming && ChunkTimes.Of(interaction) is { } times
            ? times[^1].ToString("0.##", CultureInfo.InvariantCulture)
            : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the URL without the endpoint, which is compared separately.</summary>
    private static string? Base(Interaction interaction) =>
        interaction.Url is { } url
        && interaction.Endpoint is { } endpoint
        && url.EndsWith(endpoint, StringComparison.Ordinal)
            ? url[..^endpoint.Length]
            : interaction.Url;

    private static string? Shown(ToolDefinition? tool) =>
        tool is null ? null : $"{tool.Name}: {tool.Description} {tool.Parameters}".TrimEnd();

    private static IEnumerable<string> Names(IEnumerable<string> before, IEnumerable<string> after) =>
        before.Concat(after).Distinct();

    private static IEnumerable<CassetteDifference> Some(CassetteDifference? difference) =>
        difference is null ? [] : [difference];
}
