using System.Buffers;
using System.Text;
using System.Text.Json;
using OpenAICassette.Apis;
using OpenAICassette.Redaction.Layers;
using OpenAICassette.Redaction.Rules;
using OpenAICassette.Text;

namespace OpenAICassette.Redaction;

/// <summary>
/// Adds every string of a JSON document to a scan, with its name, and the combined pieces of streams.
/// </summary>
internal sealed class JsonWalk
{
    /// <summary>A longer text is scanned at once: to ask first whether it must be takes nearly as long.</summary>
    private const int LongestToAsk = CleanTexts.Shortest;

    [ThreadStatic]
    private static char[]? t_units;

    private readonly DocumentScan _scan;
    private readonly JsonDocumentLayer _document;
    private readonly JsonTree _tree;
    private readonly int[] _plain;
    private bool[]? _pieces;

    /// <summary>Prepares to walk a document.</summary>
    public JsonWalk(DocumentScan scan, JsonDocumentLayer document)
    {
        _scan = scan;
        _document = document;
        _tree = document.Root.Tree;
        _plain = new int[_tree.Count < 64 ? 1 : 64];
    }

    /// <summary>Gets room for the characters of a short text, which this thread uses again for each.</summary>
    private static char[] Units => t_units ??= new char[512];

    /// <summary>Walks documents, some of which may be the chunks of one stream.</summary>
    public static void RunAll(DocumentScan scan, IReadOnlyList<JsonDocumentLayer> documents)
    {
        var walks = documents.Select(document => new JsonWalk(scan, document)).ToList();
        var chunks = walks.Where(walk => LogicalTexts.IsChunk(walk._document.Root)).ToList();
        if (chunks.Count > 1)
        {
            AddLogicalTexts(
                scan,
                [.. chunks.Select(walk => walk._document.Root)],
                chunks.ToDictionary(walk => walk._tree)
            );
        }

        foreach (var walk in walks)
        {
            walk.Run();
        }
    }

    /// <summary>Walks the document.</summary>
    public void Run() => Visit(_document.Root.Row, string.Empty, NameKind.Plain);

    private static void AddLogicalTexts(
        DocumentScan scan,
        IReadOnlyList<JsonValue> chunks,
        Dictionary<JsonTree, JsonWalk> walks
    )
    {
        foreach (var logical in LogicalTexts.Of(chunks))
        {
            foreach (var piece in logical.Pieces)
            {
                walks[piece.Tree].Leave(piece.Row);
            }

            if (!IsWorthwhile(scan, logical.Pieces))
            {
                continue;
            }

            List<TextLayer> pieces =
            [
                .. logical.Pieces.Select(piece => scan.Open(walks[piece.Tree]._document, piece, string.Empty)),
            ];

            scan.Add(
                logical.Tokens.Count == 0
                    ? new StreamLayer(pieces)
                    : new TokenLayer(
                        pieces,
                        [.. logical.Tokens.Select(token => (walks[token.Tree]._document, token))],
                        (document, text) => scan.Open(document, text, string.Empty)
                    ),
                NameKind.Plain
            );
        }
    }

    private static bool IsWorthwhile(DocumentScan scan, IReadOnlyList<JsonValue> pieces)
    {
        var units = ArrayPool<char>.Shared.Rent(pieces.Sum(piece => piece.Length));
        var length = 0;
        foreach (var piece in pieces)
        {
            length += JsonText.Decode(piece.Tree.Bytes(piece.Row)[1..^1], units.AsSpan(length));
        }

        var isWorthwhile = scan.IsWorthwhile(units.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(units);
        return isWorthwhile;
    }

    /// <summary>Skips a string that is a part of something else.</summary>
    private void Leave(int row) => (_pieces ??= new bool[_tree.Count])[row] = true;

    private bool IsLeft(int row) => _pieces?[row] ?? false;

    private void Visit(int row, string name, NameKind kind)
    {
        switch (_tree.Row(row).Kind)
        {
            case JsonValueKind.Object:
                VisitObject(row, name, kind);
                break;
            case JsonValueKind.Array:
                VisitArray(row, name, kind);
                break;
            case JsonValueKind.String when !IsLeft(row):
                VisitString(row, name, kind);
                break;
        }
    }

    private void VisitObject(int row, string outerName, NameKind outerKind)
    {
        var next = _tree.Row(row).Next;
        var (pairName, pairKind) = PairName(row);
        for (var member = row + 1; member < next; member = _tree.Row(member + 1).Next)
        {
            var raw = _tree.Bytes(member)[1..^1];
            var (name, kind) = NameOf(raw);
            if (raw.Length > 15)
            {
                VisitString(member, string.Empty, NameKind.Plain);
            }

            if (raw.SequenceEqual("logprobs"u8) && !IsLeft(member + 1))
            {
                AddLogicalTexts(_scan, [new JsonValue(_tree, member + 1)], new() { [_tree] = this });
            }

            if (pairName.Length > 0 && raw is [.., (byte)'a', (byte)'l', (byte)'u', (byte)'e'])
            {
                (name, kind) = (
                    pairName,
                    outerName == "cookies" && outerKind != NameKind.Plain ? NameKind.Session : pairKind
                );
            }

            Visit(member + 1, name, kind);
        }
    }

    private void VisitArray(int row, string name, NameKind kind)
    {
        if (_tree.Row(row).Next == row + 1)
        {
            // The row after an empty array is not its own, and there is none after the last one of the document.
            return;
        }

        var array = new JsonValue(_tree, row);
        if (_tree.Row(row + 1).Kind == JsonValueKind.Object)
        {
            if (!IsLeft(row) && array[1].Exists && LogicalTexts.IsChunk(array[0]))
            {
                AddLogicalTexts(_scan, [.. array.Elements], new() { [_tree] = this });
            }

            AddReads(array);
        }
        else if (IsInPieces(array) && _scan.TryAddPieces(_document, array.Elements))
        {
            return;
        }
        else if (Lines(array) is { Count: > 0 } lines)
        {
            RunAll(_scan, lines);
        }
        else if (
            kind == NameKind.Plain
            && array[1].Kind == JsonValueKind.String
            && !array[2].Exists
            && array[0].Text is { Length: <= 64 } first
            && SecretName.KindOf(first) is var pair and not NameKind.Plain
        )
        {
            // A header field can be a list of two: its name and its value.
            (name, kind) = (first, pair);
        }

        for (var element = row + 1; element < _tree.Row(row).Next; element = _tree.Row(element).Next)
        {
            Visit(element, name, kind);
        }
    }

    /// <summary>
    /// Opens an event stream that a recorder kept read by read, each in an object of its own: together its messages
    /// spell texts.
    /// </summary>
    private void AddReads(JsonValue array)
    {
        // The names are not asked for before it is one, which would decode them.
        var first = array.Row + 1;
        for (var row = first + 1; row < _tree.Row(first).Next; row = _tree.Row(row + 1).Next)
        {
            if (
                _tree.Row(row + 1).Kind != JsonValueKind.String
                || !PiecesLayer.BeginsEvents(_tree.Bytes(row + 1)[1..^1])
            )
            {
                continue;
            }

            var member = JsonText.Decode(_tree.Bytes(row)[1..^1]);
            var reads = array.Elements.Select(element => element[member]).ToList();
            if (reads.TrueForAll(read => read.Kind == JsonValueKind.String) && AddReads(reads))
            {
                reads.ForEach(read => Leave(read.Row));
            }
        }
    }

    private bool AddReads(List<JsonValue> reads)
    {
        var layers = reads.ConvertAll(read => _scan.OpenEncoded(_scan.Open(_document, read, string.Empty)));
        var lines = layers.Sum(layer => layer?.Text.Count('\n') + 1 ?? 1);
        var documents = layers.OfType<TextLayer>().SelectMany(DocumentsIn).ToList();
        if (documents.Count < lines || !reads.TrueForAll(read => PiecesLayer.BeginsEvents(read.Utf8.Span[1..^1])))
        {
            // Messages go on in the next read, or something else is among them, and then each is searched alone.
            return reads.Count > 1 && _scan.TryAddPieces(_document, reads);
        }

        RunAll(_scan, documents);
        return true;
    }

    /// <summary>Opens the document on each line of a text.</summary>
    private List<JsonDocumentLayer> DocumentsIn(TextLayer text)
    {
        var documents = new List<JsonDocumentLayer>();
        var start = 0;
        foreach (var line in text.Text.Split('\n'))
        {
            if (_scan.TryEnter(text, start, line.Length) is { } document)
            {
                documents.Add(document);
            }

            start += line.Length + 1;
        }

        return documents;
    }

    private static bool IsInPieces(JsonValue array) =>
        array[1].Exists
        && array.Elements.All(element => element.Kind == JsonValueKind.String)
        && array[0].Text is { } first
        && PiecesLayer.MayBeginWith(first);

    /// <summary>
    /// Returns the documents in the strings of an array: events that a recorder kept line by line, or JSON lines.
    /// </summary>
    private List<JsonDocumentLayer>? Lines(JsonValue array)
    {
        if (!HasLine(array))
        {
            return null;
        }

        var documents = new List<JsonDocumentLayer>();
        foreach (var element in array.Elements.Where(element => element.Kind == JsonValueKind.String))
        {
            var text = _scan.Open(_document, element, string.Empty);
            var start = ServerSentEvent.DataStart(text.Text);
            if (_scan.TryEnter(text, start, text.Text.Length - start) is { } document)
            {
                Leave(element.Row);
                documents.Add(document);
            }
        }

        return documents;
    }

    private bool HasLine(JsonValue array)
    {
        foreach (var element in array.Elements)
        {
            if (
                element.Kind == JsonValueKind.String
                && _tree.Bytes(element.Row)[1..] is var raw
                && (raw.StartsWith("data:"u8) || raw.StartsWith("{"u8))
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBinary(ReadOnlySpan<byte> raw) =>
        raw.Length >= CleanTexts.Shortest && EncodedText.IsBinary(raw);

    private void VisitString(int row, string name, NameKind kind)
    {
        var raw = _tree.Bytes(row)[1..^1];
        if (raw.Length < _scan.ShortestText)
        {
            return;
        }

        var isPlain = kind == NameKind.Plain && !_scan.HasName(name);
        if (isPlain && raw.Length <= Units.Length && raw.IndexOf((byte)'\\') < 0)
        {
            // The chunks of a stream repeat most of their strings.
            ref var plain = ref _plain[(raw.Length ^ (raw[^1] << 3) ^ raw[raw.Length / 2]) & (_plain.Length - 1)];
            if (plain > 0 && raw.SequenceEqual(_tree.Bytes(plain)[1..^1]))
            {
                return;
            }

            var text = Units.AsSpan();
            if (!_scan.IsWorthwhile(text[..Encoding.UTF8.GetChars(raw, text)]))
            {
                plain = row;
                return;
            }
        }

        if (isPlain && (IsBinary(raw) || _scan.IsKnownClean(raw)))
        {
            return;
        }

        if (!isPlain || raw.Length > LongestToAsk || IsWorthwhile(raw))
        {
            _scan.Add(_scan.Open(_document, new JsonValue(_tree, row), name), kind);
        }
    }

    private bool IsWorthwhile(ReadOnlySpan<byte> raw)
    {
        var units = ArrayPool<char>.Shared.Rent(raw.Length);
        var isWorthwhile = _scan.IsWorthwhile(units.AsSpan(0, JsonText.Decode(raw, units)));
        ArrayPool<char>.Shared.Return(units);
        return isWorthwhile;
    }

    /// <summary>
    /// Returns the name that an object contains for its value, as in {"name": "authorization", "value": "…"}.
    /// </summary>
    private (string Name, NameKind Kind) PairName(int row)
    {
        var next = _tree.Row(row).Next;
        var (name, hasValue) = (-1, false);
        for (var member = row + 1; member < next; member = _tree.Row(member + 1).Next)
        {
            var raw = _tree.Bytes(member)[1..^1];
            name =
                _tree.Row(member + 1).Kind == JsonValueKind.String
                && (raw.SequenceEqual("name"u8) || raw.SequenceEqual("key"u8))
                    ? member + 1
                    : name;
            hasValue |= raw.SequenceEqual("value"u8);
        }

        return name >= 0 && hasValue && _tree.Row(name).Length <= 66
            ? NameOf(_tree.Bytes(name)[1..^1])
            : (string.Empty, NameKind.Plain);
    }

    private static (string Name, NameKind Kind) NameOf(ReadOnlySpan<byte> raw) =>
        raw.Length > 80 ? (string.Empty, NameKind.Plain) : KnownNames.Of(raw);
}
