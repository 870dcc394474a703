using System.Globalization;

namespace OpenAICassette.Comparison;

/// <summary>Compares messages, and lists of them. The ids of tool calls are noise.</summary>
internal static class MessageChanges
{
    /// <summary>
    /// Returns the differences of the messages of two requests. A place is an index in the new request, or in the old
    /// one for a removed message.
    /// </summary>
    public static IEnumerable<CassetteDifference> OfLists(IReadOnlyList<Message> before, IReadOnlyList<Message> after)
    {
        var changes = SequenceChanges.Of(
            before,
            after,
            EqualityComparer<Message>.Create((one, other) => IsSame(one!, other!))
        );
        var (oldIndex, newIndex) = (0, 0);
        for (var i = 0; i < changes.Count; )
        {
            if (changes[i].Kind == WordChangeKind.Same)
            {
                (oldIndex, newIndex, i) = (oldIndex + 1, newIndex + 1, i + 1);
                continue;
            }

            var block = changes.Skip(i).TakeWhile(change => change.Kind != WordChangeKind.Same).ToList();
            var removed = block
                .Where(change => change.Kind == WordChangeKind.Removed)
                .Select(change => change.Item)
                .ToList();
            var added = block
                .Where(change => change.Kind == WordChangeKind.Added)
                .Select(change => change.Item)
                .ToList();
            var (from, to) = (oldIndex, newIndex);
            foreach (var (old, new_) in Pairs(removed, added))
            {
                var place = $"messages[{(new_ is null ? from : to).ToString(CultureInfo.InvariantCulture)}]";
                (from, to) = (old is null ? from : from + 1, new_ is null ? to : to + 1);
                var differences =
                    old is not null && new_ is not null
                        ? Of(DifferenceArea.Request, place, old, new_)
                        : [new CassetteDifference(DifferenceArea.Request, place, old?.ToString(), new_?.ToString())];
                foreach (var difference in differences)
                {
                    yield return difference;
                }
            }

            (oldIndex, newIndex, i) = (oldIndex + removed.Count, newIndex + added.Count, i + block.Count);
        }
    }

    /// <summary>Returns the differences of two messages.</summary>
    public static IEnumerable<CassetteDifference> Of(DifferenceArea area, string place, Message before, Message after)
    {
        var texts = new[]
        {
            TextChanges.Of(area, $"{place}.role", before.Role, after.Role),
            TextChanges.Of(area, $"{place}.name", before.Name, after.Name),
            TextChanges.Of(area, $"{place}.content", Content(before), Content(after)),
            TextChanges.Of(area, $"{place}.reasoning", before.Reasoning, after.Reasoning),
            TextChanges.Of(area, $"{place}.refusal", before.Refusal, after.Refusal),
        };
        return texts
            .OfType<CassetteDifference>()
            .Concat(Parts(area, place, before, after))
            .Concat(Calls(area, place, before, after));
    }

    /// <summary>
    /// Returns which changed messages are versions of each other: those with the same role, in order.
    /// </summary>
    private static IEnumerable<(Message? Old, Message? New)> Pairs(List<Message> removed, List<Message> added)
    {
        var (from, to) = (0, 0);
        foreach (
            var (kind, _) in SequenceChanges.Of(
                [.. removed.Select(message => message.Role)],
                [.. added.Select(message => message.Role)]
            )
        )
        {
            yield return (
                kind == WordChangeKind.Added ? null : removed[from++],
                kind == WordChangeKind.Removed ? null : added[to++]
            );
        }
    }

    private static string Content(Message message) => message.Text;

    /// <summary>Returns the parts that are not text; data is described by its kind and size.</summary>
    private static IEnumerable<CassetteDifference> Parts(
        DifferenceArea area,
        string place,
        Message before,
        Message after
    )
    {
        var (old, new_) = (Others(before), Others(after));
        for (var i = 0; i < Math.Max(old.Count, new_.Count); i++)
        {
            if (old.ElementAtOrDefault(i) != new_.ElementAtOrDefault(i))
            {
                yield return new CassetteDifference(
                    area,
                    $"{place}.parts[{i.ToString(CultureInfo.InvariantCulture)}]",
                    old.ElementAtOrDefault(i)?.ToString(),
                    new_.ElementAtOrDefault(i)?.ToString()
                );
            }
        }
    }

    private static IEnumerable<CassetteDifference> Calls(
        DifferenceArea area,
        string place,
        Message before,
        Message after
    )
    {
        var count = Math.Max(before.ToolCalls.Count, after.ToolCalls.Count);
        return Enumerable
            .Range(0, count)
            .SelectMany(index =>
            {
                var (old, new_) = (
                    before.ToolCalls.ElementAtOrDefault(index),
                    after.ToolCalls.ElementAtOrDefault(index)
                );
                var at = $"{place}.tool_calls[{index.ToString(CultureInfo.InvariantCulture)}]";
                return old is null || new_ is null || old.Name != new_.Name
                    ? [new CassetteDifference(area, at, old?.ToString(), new_?.ToString())]
                    : JsonChanges.Of(area, $"{at}.arguments", old.Arguments, new_.Arguments);
            });
    }

    private static List<ContentPart> Others(Message message) =>
        [.. message.Parts.Where(part => part.Kind != ContentPartKind.Text)];

    private static bool IsSame(Message before, Message after) =>
        !Of(DifferenceArea.Request, string.Empty, before, after).Any();
}
