using System.Runtime.InteropServices;

namespace OpenAICassette.Matching;

/// <summary>Holds elements by kind. Each one is taken once, in order.</summary>
internal sealed class ElementQueues<TKind>
    where TKind : notnull
{
    private readonly List<int> _elements;
    private readonly Dictionary<TKind, Queue<int>> _kinds = [];
    private readonly HashSet<int> _taken = [];
    private int _first;

    /// <summary>Creates the queues.</summary>
    /// <param name="elements">The indexes of the elements, in order.</param>
    /// <param name="kindOf">Returns the kind of an element.</param>
    public ElementQueues(List<int> elements, Func<int, TKind> kindOf)
    {
        _elements = elements;
        foreach (var element in elements)
        {
            ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(_kinds, kindOf(element), out _);
            (queue ??= new Queue<int>()).Enqueue(element);
        }
    }

    /// <summary>Gets the elements that were not taken, in order.</summary>
    public List<int> Left => _elements.FindAll(element => !_taken.Contains(element));

    /// <summary>Takes the first element of a kind; returns null if there is none left.</summary>
    public int? Take(TKind kind)
    {
        if (!_kinds.TryGetValue(kind, out var queue))
        {
            return null;
        }

        while (queue.TryDequeue(out var element))
        {
            if (_taken.Add(element))
            {
                return element;
            }
        }

        return null;
    }

    /// <summary>Takes the first element of any kind; returns null if there is none left.</summary>
    public int? TakeFirst()
    {
        while (_first < _elements.Count)
        {
            var element = _elements[_first++];
            if (_taken.Add(element))
            {
                return element;
            }
        }

        return null;
    }
}
