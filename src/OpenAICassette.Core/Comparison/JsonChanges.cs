using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Comparison;

/// <summary>
/// Compares JSON by what it says: the order of members and the way that numbers and texts are written do not count.
/// </summary>
internal static class JsonChanges
{
    /// <summary>Returns the differences of two JSON texts; texts that are not JSON are compared as text.</summary>
    /// <param name="area">The area of the differences.</param>
    /// <param name="place">The place of the two values.</param>
    /// <param name="before">The old JSON; null if it is missing.</param>
    /// <param name="after">The new JSON; null if it is missing.</param>
    /// <param name="withoutNoise">True to leave out the members that <see cref="ResponseNoise"/> names.</param>
    public static IEnumerable<CassetteDifference> Of(
        DifferenceArea area,
        string place,
        string? before,
        string? after,
        bool withoutNoise = false
    )
    {
        if (before == after)
        {
            return [];
        }

        var old = before is null ? default : JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(before));
        var new_ = after is null ? default : JsonValue.ParseOrUndefined(Encoding.UTF8.GetBytes(after));
        return old.Exists && new_.Exists
            ? Of(area, place, old, new_, withoutNoise)
            : [TextChanges.Of(area, place, before, after)!];
    }

    /// <summary>Returns the differences of two values.</summary>
    public static IEnumerable<CassetteDifference> Of(
        DifferenceArea area,
        string place,
        JsonValue before,
        JsonValue after,
        bool withoutNoise
    )
    {
        if (before.Kind != after.Kind)
        {
            return [new CassetteDifference(area, place, Shown(before), Shown(after))];
        }

        return before.Kind switch
        {
            JsonValueKind.Object => OfObjects(area, place, before, after, withoutNoise),
            JsonValueKind.Array => OfArrays(area, place, before, after, withoutNoise),
            JsonValueKind.String => TextChanges.Of(area, place, before.Text, after.Text) is { } change ? [change] : [],
            _ => SameScalar(before, after) ? [] : [new CassetteDifference(area, place, Shown(before), Shown(after))],
        };
    }

    private static IEnumerable<CassetteDifference> OfObjects(
        DifferenceArea area,
        string place,
        JsonValue before,
        JsonValue after,
        bool withoutNoise
    )
    {
        var names = before
            .Members.Concat(after.Members)
            .Select(member => member.Key)
            .Distinct()
            .Where(name => !withoutNoise || !ResponseNoise.Names.Contains(name));
        return names.SelectMany(name =>
            Member(area, place.Length == 0 ? name : $"{place}.{name}", before[name], after[name], withoutNoise)
        );
    }

    private static IEnumerable<CassetteDifference> OfArrays(
        DifferenceArea area,
        string place,
        JsonValue before,
        JsonValue after,
        bool withoutNoise
    )
    {
        var (old, new_) = (before.Elements.ToList(), after.Elements.ToList());
        if (old.Concat(new_).All(element => element.Kind == JsonValueKind.Number) && old.Count + new_.Count > 8)
        {
            // A vector counts as one value.
            var differing =
                old.Zip(new_).Count(pair => !SameScalar(pair.First, pair.Second)) + Math.Abs(old.Count - new_.Count);
            return differing == 0
                ? []
                :
                [
                    new CassetteDifference(
                        area,
                        place,
                        Count(old.Count),
                        string.Create(CultureInfo.InvariantCulture, $"{Count(new_.Count)}, {differing:N0} other")
                    ),
                ];
        }

        return Enumerable
            .Range(0, Math.Max(old.Count, new_.Count))
            .SelectMany(index =>
                Member(
                    area,
                    $"{place}[{index.ToString(CultureInfo.InvariantCulture)}]",
                    old.ElementAtOrDefault(index),
                    new_.ElementAtOrDefault(index),
                    withoutNoise
                )
            );
    }

    private static IEnumerable<CassetteDifference> Member(
        DifferenceArea area,
        string place,
        JsonValue before,
        JsonValue after,
        bool withoutNoise
    ) =>
        before.Exists && after.Exists
            ? Of(area, place, before, after, withoutNoise)
            : [new CassetteDifference(area, place, Shown(before), Shown(after))];

    private static bool SameScalar(JsonValue before, JsonValue after) =>
        before.Kind != JsonValueKind.Number
        || before.Utf8.Span.SequenceEqual(after.Utf8.Span)
        || (
            decimal.TryParse(before.Utf8.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var old)
            && decimal.TryParse(after.Utf8.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var new_)
            && old == new_
        );

    private static string? Shown(JsonValue value) => !value.Exists ? null : value.ToCompactJson();

    private static string Count(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} numbers");
}
