using System.Globalization;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Cli;

/// <summary>
/// Represents the columns of a list. On a terminal they fit into a line, and long names are shortened in the middle;
/// elsewhere all names are whole.
/// </summary>
internal sealed record ListColumns
{
    private const int Name = 20;
    private const int Chunks = 6;
    private const int Narrow = 110;

    private bool IsScreen { get; init; }

    private int Model { get; init; } = 24;

    private int Endpoint { get; init; } = 24;

    private int Said { get; init; } = 60;

    /// <summary>Returns the columns.</summary>
    /// <param name="width">The number of characters of a line of the terminal; null if the output goes elsewhere.</param>
    public static ListColumns Of(int? width)
    {
        if (width is not > 0)
        {
            return new ListColumns();
        }

        var (model, endpoint) = width < Narrow ? (16, 20) : (24, 24);
        var rest = width.Value - (Name + model + endpoint + Chunks + (4 * 2)) - 1;
        return new ListColumns
        {
            IsScreen = true,
            Model = model,
            Endpoint = endpoint,
            Said = Math.Clamp(rest, 8, 60),
        };
    }

    /// <summary>Returns the line of an interaction.</summary>
    public string Row(Interaction interaction) =>
        Row(
            interaction.Cassette.Name,
            interaction.Model,
            interaction.Endpoint,
            interaction.ChunkCount.ToString(CultureInfo.InvariantCulture),
            ConversationAssembler.Assemble(interaction).Said(Said)
        );

    /// <summary>Returns a line.</summary>
    public string Row(string name, string? model, string? endpoint, string chunks, string said) =>
        $"{Fit(name, Name)}  {Fit(model, Model)}  {Fit(endpoint, Endpoint)}  {chunks, Chunks}  {InertText.Of(said)}".TrimEnd();

    private string Fit(string? text, int width)
    {
        var shown = InertText.Of(text ?? string.Empty);
        return (IsScreen ? PlainTitle.OfFile(shown, width) : shown).PadRight(width);
    }
}
