using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Conversations;

/// <summary>Represents a place in the responses of one shape, with the values that were found there.</summary>
/// <param name="parent">The place of which this is a part; null for the whole chunk.</param>
/// <param name="ownName">The member's own name; that of the elements of a list is [ or [].</param>
/// <param name="isDelta">
/// True below a delta, where equal values that follow one another are not the same value told twice.
/// </param>
internal sealed class DetailNode(DetailNode? parent, string ownName, bool isDelta)
{
    private List<(byte[] Name, DetailNode Node)>? _children;
    private List<(string Json, JsonValue Value)>? _values;
    private int _next;
    private HashSet<string>? _known;
    private ReadOnlyMemory<byte> _last;

    /// <summary>
    /// Gets the place: member names with dots between, [] for the elements of a list; empty for the whole chunk.
    /// </summary>
    public string Name =>
        parent is null ? string.Empty
        : IsElement ? parent.Name + "[]"
        : parent.Name is { Length: > 0 } place ? $"{place}.{ownName}"
        : ownName;

    /// <summary>Returns whether it is a member that tells nothing by itself.</summary>
    public bool IsNoise { get; } = DetailNoise.Names.Contains(ownName);

    /// <summary>True for what only holds other members together.</summary>
    public bool IsContainer { get; } = ownName is "[]" or "" || DetailNoise.Containers.Contains(ownName);

    /// <summary>True below a delta.</summary>
    public bool IsDelta => isDelta;

    /// <summary>Gets the values, each with its compact JSON.</summary>
    public IReadOnlyList<(string Json, JsonValue Value)> Values => _values ?? [];

    private bool IsElement { get; init; }

    /// <summary>Returns the place of a member.</summary>
    /// <param name="raw">The member's name as written.</param>
    public DetailNode Member(ReadOnlySpan<byte> raw)
    {
        // Chunks of one stream have their members in the same order.
        for (var tried = 0; tried < _children?.Count; tried++)
        {
            _next = _next < _children.Count ? _next : 0;
            var (known, node) = _children[_next++];
            if (raw.SequenceEqual(known))
            {
                return node;
            }
        }

        var member = RecurringTexts.Decode(raw);
        return Add(raw, new DetailNode(this, member, isDelta || member == "delta"));
    }

    /// <summary>Returns the place of a list's elements. They hold other members together when the list does.</summary>
    public DetailNode Element() =>
        _children?[0].Node ?? Add("[]"u8, new DetailNode(this, IsContainer ? "[]" : "[", isDelta) { IsElement = true });

    /// <summary>Keeps a value, once.</summary>
    public void Take(JsonValue value)
    {
        var raw = value.Utf8;
        if (!HasSubstance(value) || (!isDelta && raw.Span.SequenceEqual(_last.Span)))
        {
            return;
        }

        _last = raw;
        var json = value.ToCompactJson();
        if (isDelta || (_known ??= []).Add(json))
        {
            (_values ??= []).Add((json, value));
        }
    }

    /// <summary>Adds the node and all below, in the order in which their places were met.</summary>
    public void AddAll(List<DetailNode> nodes)
    {
        nodes.Add(this);
        foreach (var (_, node) in _children ?? [])
        {
            node.AddAll(nodes);
        }
    }

    /// <summary>True unless a value is null, empty, or made of nothing else and noise.</summary>
    private static bool HasSubstance(JsonValue value) =>
        value.Kind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => false,
            JsonValueKind.String => value.Length > 2,
            JsonValueKind.Array => HasElement(value),
            JsonValueKind.Object => value.Members.Any(member =>
                !DetailNoise.Names.Contains(member.Key) && HasSubstance(member.Value)
            ),
            _ => true,
        };

    private static bool HasElement(JsonValue array)
    {
        foreach (var element in array.Elements)
        {
            if (HasSubstance(element))
            {
                return true;
            }
        }

        return false;
    }

    private DetailNode Add(ReadOnlySpan<byte> raw, DetailNode node)
    {
        (_children ??= []).Add((raw.ToArray(), node));
        return node;
    }
}
