using System.Text;
using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Text;

namespace OpenAICassette.Conversations;

/// <summary>
/// Collects what the pieces of a response leave over, so that no member is dropped, whatever API it comes from.
/// </summary>
internal sealed class DetailCollector
{
    private readonly DetailNode _root = new(parent: null, string.Empty, isDelta: false);
    private readonly List<int> _used = [];
    private JsonTree? _tree;

    /// <summary>Adds a chunk, or a whole response.</summary>
    /// <param name="data">The chunk's data.</param>
    /// <param name="pieces">Its pieces.</param>
    /// <param name="logProbs">Its log probabilities.</param>
    public void Add(JsonValue data, IReadOnlyList<StreamPiece> pieces, IReadOnlyList<ChoiceLogProbs> logProbs)
    {
        if (!data.Exists)
        {
            return;
        }

        _used.Clear();
        foreach (var piece in pieces)
        {
            // Counts and models are understood only in part, so they stay among the details too.
            if (piece.Kind is not (StreamPieceKind.Usage or StreamPieceKind.Model))
            {
                AddUsed(piece);
            }
        }

        foreach (var read in logProbs)
        {
            _used.Add(read.Source.Row);
        }

        _used.Sort();
        _tree = data.Tree;
        Walk(_root, data);
    }

    /// <summary>Adds a text that is no JSON.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="text">The text.</param>
    public void Add(string name, string text) =>
        _root.Member(Encoding.UTF8.GetBytes(name)).Take(JsonValue.ParseOrUndefined(AsciiString.Quote(text)));

    /// <summary>
    /// Returns the details but for copies of what is shown elsewhere, as services send at the end of what they
    /// streamed.
    /// </summary>
    /// <param name="shown">Tells whether a text is shown elsewhere.</param>
    public IReadOnlyList<Detail> Build(Predicate<string> shown)
    {
        var details = new List<Detail>();
        var nodes = new List<DetailNode>();
        _root.AddAll(nodes);
        foreach (var node in nodes.Where(node => node.Values.Count > 0))
        {
            var isCopy = node.IsDelta && shown(string.Concat(node.Values.Select(value => value.Value.Text)));
            string[] left = isCopy
                ? []
                : [.. node.Values.Where(value => !IsCopy(value.Value, shown)).Select(value => value.Json)];
            if (left.Length > 0)
            {
                details.Add(new Detail(node.Name, left));
            }
        }

        return details;
    }

    /// <summary>
    /// Returns whether it is a value whose texts are all shown elsewhere and that has nothing but texts.
    /// </summary>
    private static bool IsCopy(JsonValue value, Predicate<string> shown) =>
        value.Kind switch
        {
            JsonValueKind.String => value.Length == 2 || shown(value.Text!),
            JsonValueKind.Array => value.Elements.All(element => IsCopy(element, shown)),
            JsonValueKind.Object => value.Members.All(member =>
                DetailNoise.Names.Contains(member.Key) || IsCopy(member.Value, shown)
            ),
            JsonValueKind.Null => true,
            _ => false,
        };

    private void Walk(DetailNode node, JsonValue value)
    {
        if (value.Kind == JsonValueKind.Object && (node.IsContainer || IsUsedWithin(value.Row)))
        {
            for (var name = value.Row + 1; name < _tree!.Row(value.Row).Next; name = _tree.Row(name + 1).Next)
            {
                Visit(node.Member(_tree.Bytes(name)[1..^1]), new JsonValue(_tree, name + 1));
            }
        }
        else if (value.Kind == JsonValueKind.Array && (node.IsContainer || IsUsedWithin(value.Row)))
        {
            foreach (var element in value.Elements)
            {
                Visit(node.Element(), element);
            }
        }
        else
        {
            node.Take(value);
        }
    }

    private void Visit(DetailNode node, JsonValue value)
    {
        if (!node.IsNoise && _used.BinarySearch(value.Row) < 0 && !IsCopyOfUsed(value))
        {
            Walk(node, value);
        }
    }

    /// <summary>
    /// Of an image, sound or file only the data is shown, and what else there is of it stays among the details.
    /// </summary>
    private void AddUsed(StreamPiece piece)
    {
        if (piece.Kind == StreamPieceKind.Part && AudioBuilder.IsAudio(piece.Value))
        {
            _used.AddRange(
                new[] { piece.Value["data"], piece.Value["transcript"] }
                    .Where(value => value.Exists)
                    .Select(value => value.Row)
            );
        }
        else
        {
            _used.Add(piece.Kind == StreamPieceKind.Part ? ContentPartReader.Shown(piece.Value).Row : piece.Value.Row);
        }
    }

    private bool IsUsedWithin(int row)
    {
        var next = _used.BinarySearch(row);
        next = next < 0 ? ~next : next;
        return next < _used.Count && _used[next] < _tree!.Row(row).Next;
    }

    /// <summary>
    /// Returns whether it is a text that stands in the same chunk twice, as reasoning does under two names.
    /// </summary>
    private bool IsCopyOfUsed(JsonValue value)
    {
        if (value.Kind != JsonValueKind.String)
        {
            return false;
        }

        var text = _tree!.Bytes(value.Row);
        foreach (var row in _used)
        {
            if (_tree.Row(row).Length == text.Length && text.SequenceEqual(_tree.Bytes(row)))
            {
                return true;
            }
        }

        return false;
    }
}
