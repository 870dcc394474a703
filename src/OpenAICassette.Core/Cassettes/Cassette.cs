using OpenAICassette.Cassettes;

namespace OpenAICassette;

/// <summary>
/// Represents a file with recorded LLM traffic, or an edited copy of one in memory. It holds an index of the file, not
/// its bytes; requests, responses and chunks are read when they are asked for.
/// </summary>
public sealed class Cassette
{
    internal Cassette(
        CassetteSource source,
        CassetteOrigin origin,
        string format,
        IEnumerable<InteractionSummary> summaries
    )
    {
        Source = source;
        Origin = origin;
        Format = format;
        Interactions = summaries.Select((summary, index) => new Interaction(this, index, summary)).ToArray();
    }

    private Cassette(Cassette other, CassetteSource source, CassetteOrigin origin)
    {
        Source = source;
        Origin = origin;
        Format = other.Format;
        Problems = other.Problems;
        Interactions = other.Interactions.Select(interaction => new Interaction(this, interaction)).ToArray();
    }

    /// <summary>Gets the name of the file with its extension, or the name of a cassette that has no file.</summary>
    public string Name => Origin.Name;

    /// <summary>Gets the full path of the file; null for a cassette that is only in memory.</summary>
    public string? Path => Origin.Path;

    /// <summary>
    /// Gets the path of the file that was read first, also after an edit; null if there was none.
    /// </summary>
    public string? SourcePath => Origin.SourcePath;

    /// <summary>
    /// Gets the path below the folder that was searched; the file name if the file itself was specified.
    /// </summary>
    public string RelativePath => Origin.RelativePath;

    /// <summary>
    /// Gets whether the cassette equals its file; false after an edit that was not written.
    /// </summary>
    public bool Saved => Path is not null;

    /// <summary>Gets the name of the on-disk format, for example <c>har</c>.</summary>
    public string Format { get; }

    /// <summary>Gets the size in bytes.</summary>
    public int Length => Source.Length;

    /// <summary>Gets the recorded interactions, in file order.</summary>
    public IReadOnlyList<Interaction> Interactions { get; }

    /// <summary>Gets the endpoint that all interactions share; null if they differ.</summary>
    public string? Endpoint => Shared(interaction => interaction.Endpoint);

    /// <summary>Gets the model that all interactions asked for; null if they differ.</summary>
    public string? Model => Shared(interaction => interaction.Model);

    /// <summary>Gets the id of the test that recorded all interactions; null if they differ.</summary>
    public string? TestId => Shared(interaction => interaction.TestId);

    /// <summary>Gets whether all responses are streams; null if only some are.</summary>
    public bool? IsStreaming => Shared(interaction => (bool?)interaction.IsStreaming);

    /// <summary>Gets whether one of the recorded calls failed.</summary>
    public bool HasError => Interactions.Any(interaction => interaction.HasError);

    /// <summary>Gets the number of stream chunks of all interactions.</summary>
    public int Chunks => Interactions.Sum(interaction => interaction.ChunkCount);

    /// <summary>
    /// Gets what could not be read of a file whose other parts were, such as broken lines of a log; empty if all was
    /// read.
    /// </summary>
    public IReadOnlyList<CassetteException> Problems { get; internal init; } = [];

    /// <summary>Gets where the bytes come from.</summary>
    internal CassetteSource Source { get; }

    /// <summary>Gets a hash that is equal for cassettes with the same bytes.</summary>
    internal UInt128 ContentHash => Source.Hash;

    /// <summary>Gets what the cassette is called and where it stands.</summary>
    internal CassetteOrigin Origin { get; }

    /// <summary>Returns the bytes of the cassette. They are read from the file again if necessary.</summary>
    /// <param name="cancellation">Ends the wait for the file.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public ReadOnlyMemory<byte> Read(CancellationToken cancellation = default) => Source.Read(cancellation);

    /// <summary>Returns the interaction at a position.</summary>
    /// <param name="index">The position, from 0.</param>
    /// <exception cref="CassetteException">The cassette has no interaction there.</exception>
    public Interaction InteractionAt(int index)
    {
        if (index >= 0 && index < Interactions.Count)
        {
            return Interactions[index];
        }

        var count = Interactions.Count == 1 ? "1 interaction" : $"{Interactions.Count} interactions";
        throw new CassetteException(
            CassetteError.InteractionNotFound,
            Path ?? Name,
            $"there is no interaction {index}: the cassette has {count}, from 0"
        );
    }

    /// <summary>Returns the same cassette under another name or at another place, without reading it again.</summary>
    /// <param name="origin">What it is called there.</param>
    /// <param name="source">
    /// Where its bytes come from there; they are the same bytes. Null for where they come from now.
    /// </param>
    internal Cassette At(CassetteOrigin origin, CassetteSource? source = null) => new(this, source ?? Source, origin);

    /// <summary>Returns a cassette with one of the interactions, which is still read from the same file.</summary>
    /// <param name="index">The position of the interaction, from 0.</param>
    /// <exception cref="CassetteException">The cassette has no interaction there.</exception>
    internal Cassette Only(int index)
    {
        var stem = System.IO.Path.ChangeExtension(RelativePath, null);
        var extension = System.IO.Path.GetExtension(RelativePath);
        var part = Origin with { RelativePath = $"{stem}-{index}{extension}" };
        return new Cassette(Source, part, Format, [InteractionAt(index).Summary]);
    }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;

    private T? Shared<T>(Func<Interaction, T?> value)
    {
        var first = Interactions is [var leading, ..] ? value(leading) : default;
        return Interactions.All(interaction => EqualityComparer<T?>.Default.Equals(value(interaction), first))
            ? first
            : default;
    }
}
