using System.Globalization;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary>
/// Represents the columns of a list. On a terminal they fit into a line, and long names are shortened in the middle;
/// elsewhere all names are whole, and the columns are as wide as the longest of the first rows, or of a later one.
/// </summary>
internal sealed class ListColumns : IDisposable
{
    /// <summary>The number of rows that are held back until the widths of the columns are known.</summary>
    private const int FirstRows = 500;
    private const int Name = 20;
    private const int Chunks = 6;
    private const int Narrow = 110;

    private readonly Action<string> _write;
    private readonly bool _isScreen;
    private readonly int[] _widths;
    private readonly int _said;
    private List<string[]>? _held;

    /// <summary>Initializes the columns.</summary>
    /// <param name="width">The number of characters of a line of the terminal; null if the output goes elsewhere.</param>
    /// <param name="write">Receives the lines.</param>
    public ListColumns(int? width, Action<string> write)
    {
        _write = write;
        _isScreen = width > 0;
        if (width is not > 0)
        {
            (_widths, _said, _held) = ([0, 0, 0, 0], 60, []);
        }
        else
        {
            var (model, endpoint) = width < Narrow ? (16, 20) : (24, 24);
            var rest = width.Value - (Name + model + endpoint + Chunks + (4 * 2)) - 1;
            (_widths, _said) = ([Name, model, endpoint, Chunks], Math.Clamp(rest, 8, 60));
        }
    }

    /// <summary>Returns the row of an interaction.</summary>
    public string[] Row(Interaction interaction) =>
        [
            interaction.Cassette.Name,
            interaction.Model ?? string.Empty,
            interaction.Endpoint ?? string.Empty,
            interaction.ChunkCount.ToString(CultureInfo.InvariantCulture),
            ConversationAssembler.Assemble(interaction).Said(_said),
        ];

    /// <summary>Adds a row: name, model, endpoint, chunks and what was said.</summary>
    public void Add(params string[] row)
    {
        string[] cells = [.. row.Select(InertText.Of)];
        if (_held is null)
        {
            Write(cells);
            return;
        }

        _held.Add(cells);
        if (_held.Count == FirstRows)
        {
            Dispose();
        }
    }

    /// <summary>Writes the rows that are held back, also those before an error.</summary>
    public void Dispose()
    {
        var held = _held ?? [];
        _held = null;
        held.ForEach(Widen);
        held.ForEach(Write);
    }

    private void Write(string[] cells)
    {
        Widen(cells);
        var (name, model, endpoint) = (Fit(cells, 0), Fit(cells, 1), Fit(cells, 2));
        _write($"{name}  {model}  {endpoint}  {cells[3].PadLeft(_widths[3])}  {cells[4]}".TrimEnd());
    }

    private void Widen(string[] cells)
    {
        for (var i = 0; !_isScreen && i < _widths.Length; i++)
        {
            _widths[i] = Math.Max(_widths[i], CellWidth.Of(cells[i]));
        }
    }

    private string Fit(string[] cells, int column)
    {
        var (text, width) = (cells[column], _widths[column]);
        text = _isScreen ? PlainTitle.OfFile(text, width) : text;
        return text + new string(' ', Math.Max(0, width - CellWidth.Of(text)));
    }
}
