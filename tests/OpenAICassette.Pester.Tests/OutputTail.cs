namespace OpenAICassette.Pester.Tests;

/// <summary>The last lines that a process wrote.</summary>
internal sealed class OutputTail
{
    private const int MostLines = 200;
    private readonly Queue<string> _lines = new();

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MostLines)
            {
                _lines.Dequeue();
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }
}
