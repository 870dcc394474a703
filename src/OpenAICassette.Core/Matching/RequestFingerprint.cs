using System.Text;
using System.Text.Json;

namespace OpenAICassette.Matching;

/// <summary>Represents what a request is found by. It is read once for all: most of it nothing loosens.</summary>
/// <param name="Exact">The hash of <see cref="ValueHash.Exact"/>.</param>
/// <param name="Loose">The hash of <see cref="ValueHash.Loose(RequestBody, MemberPatterns)"/>.</param>
/// <param name="Sketch">The sketch that finds similar requests.</param>
internal sealed record RequestFingerprint(UInt128 Exact, UInt128 Loose, RequestSketch Sketch)
{
    /// <summary>Reads a request.</summary>
    public static RequestFingerprint Of(RequestBody body, MemberPatterns ignored)
    {
        if (body.IsOpaque)
        {
            return new(ValueHash.Exact(body), ValueHash.Loose(body, ignored), RequestSketch.Empty);
        }

        var sketch = new RequestSketch.Builder(
            stackalloc int[RequestSketch.MostParts],
            stackalloc int[RequestSketch.MostWords]
        );
        var (exact, loose) = (ValueHash.Begin(null), ValueHash.Begin(ignored));
        var (exactSum, looseSum) = (UInt128.Zero, UInt128.Zero);
        foreach (var name in body.Names)
        {
            var value = body[name];
            var inside = ignored.Inside(name, out var isIgnored);
            sketch.Enter(name);
            if (!isIgnored && inside.IsEmpty && IsList(name, value))
            {
                var list = OfList(name, value, exact, loose, inside, ref sketch);
                exactSum += ValueHash.OfMember(name, list.Exact);
                looseSum += ValueHash.OfMember(name, list.Loose);
                continue;
            }

            exactSum += exact.OfMember(name, value, MemberPatterns.None);
            looseSum += loose.OfMember(name, value, ignored);
            if (!isIgnored)
            {
                AddParts(ref sketch, value, inside);
            }
        }

        return new(ValueHash.OfMembers(exactSum), ValueHash.OfMembers(looseSum), sketch.Build());
    }

    private static void AddParts(ref RequestSketch.Builder sketch, JsonValue value, MemberPatterns inside)
    {
        if (value.Kind != JsonValueKind.Array)
        {
            sketch.Add(value, ValueHash.Loose(value, inside));
            return;
        }

        foreach (var element in value.Elements)
        {
            sketch.Add(element, ValueHash.Loose(element, inside));
        }
    }

    /// <summary>Returns whether a value is a list that stands for nothing else.</summary>
    private static bool IsList(string name, JsonValue value) =>
        value.Kind == JsonValueKind.Array && SoleText.Of(Encoding.UTF8.GetBytes(name), value).Row == value.Row;

    /// <summary>Returns the hashes of a list, such as the messages, and adds its elements to the sketch.</summary>
    private static (UInt128 Exact, UInt128 Loose) OfList(
        string name,
        JsonValue list,
        ValueHash exact,
        ValueHash loose,
        MemberPatterns inside,
        ref RequestSketch.Builder sketch
    )
    {
        var isCalls = CallIds.IsCalls(Encoding.UTF8.GetBytes(name));
        var (exactList, looseList) = (ValueHash.EmptyList, ValueHash.EmptyList);
        foreach (var element in list.Elements)
        {
            loose.HasLoosened = false;
            var hash = loose.Of(element, inside, isCalls);
            looseList = Hash128.Then(looseList, hash);
            exactList = Hash128.Then(
                exactList,
                loose.HasLoosened ? exact.Of(element, MemberPatterns.None, isCall: false) : hash
            );

            // What is numbered has other numbers in the whole request than by itself.
            sketch.Add(element, loose.HasLoosened ? ValueHash.Loose(element, inside) : hash);
        }

        return (exactList, looseList);
    }
}
