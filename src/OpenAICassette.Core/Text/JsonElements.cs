using System.Collections;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>
/// Represents the elements of an array, none for every other value. Going through them allocates nothing.
/// </summary>
public readonly struct JsonElements : IEnumerable<JsonValue>
{
    private readonly JsonTree? _tree;
    private readonly int _array;

    internal JsonElements(JsonTree? tree, int array)
    {
        _tree = tree;
        _array = array;
    }

    /// <summary>Enumerates the elements.</summary>
    public Enumerator GetEnumerator() => new(_tree, _array);

    /// <inheritdoc/>
    IEnumerator<JsonValue> IEnumerable<JsonValue>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Represents a place among the elements.</summary>
    public struct Enumerator : IEnumerator<JsonValue>
    {
        private readonly JsonTree? _tree;
        private readonly int _array;
        private int _row;

        internal Enumerator(JsonTree? tree, int array)
        {
            _tree = tree;
            _array = array;
            _row = -1;
        }

        /// <inheritdoc/>
        public readonly JsonValue Current => new(_tree!, _row);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (_tree is null)
            {
                return false;
            }

            // Past the last element, the row at hand is none of the array's.
            var end = _tree.Row(_array).Next;
            if (_row < end)
            {
                _row = _row < 0 ? _array + 1 : _tree.Row(_row).Next;
            }

            return _row < end;
        }

        /// <inheritdoc/>
        public void Reset() => _row = -1;

        /// <inheritdoc/>
        public readonly void Dispose() { }
    }
}
