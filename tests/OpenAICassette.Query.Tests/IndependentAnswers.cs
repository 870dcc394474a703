using System.Collections;
using System.Globalization;
using OpenAICassette.Facts;

namespace OpenAICassette.Query.Tests;

/// <summary>Answers the questions of docs/query.md without a database.</summary>
internal static class IndependentAnswers
{
    /// <summary>Returns the rows of an answer, each as a line.</summary>
    public static IEnumerable<string> Of(
        string question,
        IReadOnlyList<FactsRow> facts,
        IReadOnlyList<Conversation> conversations,
        PriceList prices
    ) =>
        question switch
        {
            "Which models were asked, and how much did they use?" => facts
                .GroupBy(row => row.Text("model"))
                .Select(group =>
                    (
                        group.Key,
                        Calls: group.LongCount(),
                        In: Sum(group, "input_tokens"),
                        Out: Sum(group, "output_tokens")
                    )
                )
                .OrderByDescending(row => row.Calls)
                .ThenBy(row => row.Key is null)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => Line([row.Key, row.Calls, row.In, row.Out])),
            "What does each model cost?" => facts
                .Select(row => (Model: row.Text("model"), Cost: CostOf(row, prices)))
                .Where(row => row.Cost is not null)
                .GroupBy(row => row.Model)
                .Select(group => (group.Key, Cost: Math.Round(group.Sum(row => row.Cost!.Value), 6)))
                .OrderByDescending(row => row.Cost)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => Line([row.Key, row.Cost])),
            "Which calls failed?" => facts
                .Where(row => row.Text("error_kind") is not null)
                .GroupBy(row =>
                    (row.Text("host"), Status: row.Number("status"), row.Text("error_kind"), row.Text("error_type"))
                )
                .OrderBy(group => group.Key.Item1 ?? "\uffff", StringComparer.Ordinal)
                .ThenBy(group => group.Key.Status ?? long.MaxValue)
                .ThenBy(group => group.Key.Item3 ?? "\uffff", StringComparer.Ordinal)
                .ThenBy(group => group.Key.Item4 ?? "\uffff", StringComparer.Ordinal)
                .Select(group =>
                    Line([group.Key.Item1, group.Key.Status, group.Key.Item3, group.Key.Item4, group.LongCount()])
                ),
            "Which tools are called most?" => facts
                .SelectMany(row => row.Texts("tools_called"))
                .GroupBy(tool => tool)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Line([group.Key, group.LongCount()])),
            "Which tools are offered but never called?" => facts
                .SelectMany(row => row.Texts("tools_offered"))
                .Except(facts.SelectMany(row => row.Texts("tools_called")))
                .Order(StringComparer.Ordinal)
                .Select(tool => Line([tool])),
            "Which requests are recorded more than once?" => facts
                .GroupBy(row => row.Text("request_hash")!)
                .Where(group => group.Count() > 1)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Line([group.Key, group.LongCount()])),
            "Which conversations are longest?" => facts
                .Where(row => row.Text("conversation_id") is not null)
                .GroupBy(row => row.Text("conversation_id")!)
                .Select(group =>
                    (group.Key, Calls: group.LongCount(), Most: group.Max(row => row.Number("message_count")))
                )
                .OrderByDescending(row => row.Most)
                .ThenByDescending(row => row.Calls)
                .ThenBy(row => row.Key, StringComparer.Ordinal)
                .Take(10)
                .Select(row => Line([row.Key, row.Calls, row.Most])),
            "How long until the first word?" => facts
                .Where(row => row.Real("time_to_first_frame_ms") is not null)
                .GroupBy(row => row.Text("model"))
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                    Times(group.Key, [.. group.Select(row => row.Real("time_to_first_frame_ms")!.Value).Order()])
                ),
            "Which answers were cut off?" => facts
                .Where(row => row.Texts("finish_reasons").Contains("length"))
                .OrderBy(row => row.Text("path"), StringComparer.Ordinal)
                .ThenBy(row => row.Number("index"))
                .Select(row => Line([row.Text("path"), row.Number("index"), row.Number("output_tokens")])),
            "How many calls were made on each day?" => facts
                .Where(row => row.Text("started_at") is not null)
                .GroupBy(row => row.Text("started_at")![..10])
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Line([group.Key, group.LongCount()])),
            "Where did another model answer than the one that was asked?" => facts
                .Where(row =>
                    row.Text("model") is { } model && row.Text("answered_model") is { } other && model != other
                )
                .GroupBy(row => (Asked: row.Text("model")!, Answered: row.Text("answered_model")!))
                .OrderBy(group => group.Key.Asked, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Answered, StringComparer.Ordinal)
                .Select(group => Line([group.Key.Asked, group.Key.Answered, group.LongCount()])),
            "How much of the input came from a cache?" => facts
                .Where(row => row.Number("cached_tokens") > 0)
                .GroupBy(row => row.Text("model"))
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Line([group.Key, Sum(group, "cached_tokens"), Sum(group, "input_tokens")])),
            "Where was this said?" => conversations
                .SelectMany(call => call.Choices.Select(choice => (call.Interaction, choice.Message)))
                .Where(said => said.Message.Text.Contains("paris", StringComparison.OrdinalIgnoreCase))
                .OrderBy(said => said.Interaction.Cassette.Path, StringComparer.Ordinal)
                .ThenBy(said => said.Interaction.Index)
                .Select(said =>
                    Line([said.Interaction.Cassette.Path, (long)said.Interaction.Index, said.Message.Role])
                ),
            "What did the tools return?" => conversations
                .SelectMany(Results)
                .OrderBy(result => result.Name, StringComparer.Ordinal)
                .ThenBy(result => result.Length)
                .Select(result => Line([result.Name, result.Length])),
            "Which problems do the recordings have?" => FindingsOf(conversations)
                .GroupBy(finding => finding)
                .OrderBy(group => group.Key.Kind, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Id, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Severity, StringComparer.Ordinal)
                .Select(group => Line([group.Key.Kind, group.Key.Id, group.Key.Severity, group.LongCount()])),
            "Which files are large?" => CassettesOf(conversations)
                .GroupBy(cassette => cassette.Format)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                    Line([
                        group.Key,
                        group.LongCount(),
                        group.Sum(cassette => new FileInfo(cassette.Path!).Length),
                        group.Sum(cassette => (long)cassette.Interactions.Count),
                    ])
                ),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question, "the question has no other answer"),
        };

    /// <summary>Returns a row as a line.</summary>
    public static string Line(IReadOnlyList<object?> values) =>
        string.Join(
            " | ",
            values.Select(value =>
                value switch
                {
                    null => "null",
                    double number => Math.Round(number, 6).ToString(CultureInfo.InvariantCulture),
                    IList list => string.Join(',', list.Cast<object>()),
                    _ => Convert.ToString(value, CultureInfo.InvariantCulture),
                }
            )
        );

    private static long? Sum(IEnumerable<FactsRow> rows, string name)
    {
        var known = rows.Select(row => row.Number(name)).OfType<long>().ToList();
        return known.Count == 0 ? null : known.Sum();
    }

    private static double? CostOf(FactsRow row, PriceList prices)
    {
        var (input, cached, output) = (
            row.Number("input_tokens"),
            row.Number("cached_tokens") ?? 0,
            row.Number("output_tokens")
        );
        return (input ?? output) is not null && prices.Find(row.Text("model")) is { } price
            ? (double)(
                (
                    (((input ?? 0) - cached) * price.Prompt)
                    + (cached * (price.Cached ?? price.Prompt))
                    + ((output ?? 0) * price.Completion)
                ) / 1_000_000
            )
            : null;
    }

    private static string Times(string? model, double[] times)
    {
        var middle = times.Length / 2;
        var median = times.Length % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
        return Line([model, (long)times.Length, median, times[^1]]);
    }

    private static IEnumerable<(string Name, long Length)> Results(Conversation call) =>
        from asking in call.Messages
        from made in asking.ToolCalls
        from answering in call.Messages.Concat(call.Choices.Select(choice => choice.Message))
        where made.Id is not null && answering.ToolCallId == made.Id
        select (made.Name, answering.Text.EnumerateRunes().LongCount());

    private static IEnumerable<(string Kind, string Id, string Severity)> FindingsOf(
        IReadOnlyList<Conversation> conversations
    ) =>
        CassettesOf(conversations)
            .SelectMany(cassette =>
                HealthCheck
                    .CheckAlone(cassette)
                    .Select(finding => ("health", finding.Id, finding.Severity.ToString().ToLowerInvariant()))
                    .Concat(
                        new Redactor()
                            .Find(cassette)
                            .Select(finding => ("secret", finding.Rule, finding.Severity.ToString().ToLowerInvariant()))
                    )
            );

    private static IEnumerable<Cassette> CassettesOf(IReadOnlyList<Conversation> conversations) =>
        conversations.Select(call => call.Interaction.Cassette).Distinct();
}
