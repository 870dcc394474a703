using OpenAICassette.Formats.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpenAICassette;

/// <summary>The events of a YAML stream, with what an anchor names in the place of each of its aliases.</summary>
internal sealed class YamlEvents(string text, CancellationToken cancellation)
{
    private const int EventsBetweenLooks = 4096;

    /// <summary>Aliases that repeat more than this are an attack and not a recording.</summary>
    private const int MostRepeatedEvents = 1_000_000;

    private const int MostRepeatedCharacters = 64 << 20;

    private readonly Parser _parser = new(new Scanner(new StringReader(text)));

    /// <summary>What stands in anchored nodes, one after the other.</summary>
    private readonly List<ParsingEvent> _anchored = [];
    private readonly List<OpenAnchor> _open = [];
    private readonly Dictionary<AnchorName, Range> _anchors = [];
    private readonly Stack<(int At, int End)> _repeats = [];
    private int _events;
    private int _repeatedEvents;
    private long _repeatedCharacters;

    /// <summary>Goes to the next document.</summary>
    /// <returns>False at the end of the stream.</returns>
    public bool TryEnterDocument()
    {
        while (TryMove())
        {
            if (_parser.Current is DocumentStart)
            {
                _anchors.Clear();
                _anchored.Clear();
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the next event of the document.</summary>
    public ParsingEvent Next()
    {
        if (++_events % EventsBetweenLooks == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        while (true)
        {
            var current = _repeats.Count > 0 ? Repeated() : Parsed();
            if (current is AnchorAlias alias)
            {
                Repeat(alias);
                continue;
            }

            Keep(current);
            return current;
        }
    }

    /// <summary>Goes on. On some broken texts the parser fails without an error of its own.</summary>
    private bool TryMove()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception e) when (e is not YamlException)
        {
            var last = _parser.Current?.End ?? Mark.Empty;
            throw new YamlTextException("the text is broken after this place", last.Line, last.Column, e);
        }
    }

    private ParsingEvent Parsed()
    {
        if (!TryMove() || _parser.Current is not { } current)
        {
            throw new YamlTextException("the text ends in the middle of a document", 1, 1);
        }

        if (current is NodeEvent { Anchor.IsEmpty: false } node)
        {
            _anchors.Remove(node.Anchor);
            _open.Add(new OpenAnchor(node.Anchor, _anchored.Count));
        }

        return current;
    }

    private ParsingEvent Repeated()
    {
        var (at, end) = _repeats.Pop();
        var current = _anchored[at];
        if (at + 1 < end)
        {
            _repeats.Push((at + 1, end));
        }

        _repeatedCharacters += current is Scalar scalar ? scalar.Value.Length : 0;
        return ++_repeatedEvents > MostRepeatedEvents || _repeatedCharacters > MostRepeatedCharacters
            ? throw new YamlTextException("the aliases expand to too much", current.Start.Line, current.Start.Column)
            : current;
    }

    private void Repeat(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var range))
        {
            throw new YamlTextException(
                $"no complete node before this alias has the anchor '{alias.Value}'",
                alias.Start.Line,
                alias.Start.Column
            );
        }

        _repeats.Push((range.Start.Value, range.End.Value));
    }

    /// <summary>Keeps an event for the aliases of the anchors around it.</summary>
    private void Keep(ParsingEvent current)
    {
        if (_open.Count == 0)
        {
            return;
        }

        _anchored.Add(current);
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var anchor = _open[i] with { Nesting = _open[i].Nesting + current.NestingIncrease };
            _open[i] = anchor;
            if (anchor.Nesting == 0)
            {
                _anchors[anchor.Name] = anchor.Start.._anchored.Count;
                _open.RemoveAt(i);
            }
        }
    }

    private readonly record struct OpenAnchor(AnchorName Name, int Start, int Nesting = 0);
}
