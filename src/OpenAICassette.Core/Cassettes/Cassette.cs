using OpenAICassette.Cassettes;

namespace OpenAICassette;

/// <summary>
/// One file with recorded LLM traffic, or an edited copy of one in memory. It holds an index of the file, not its
/// bytes; requests, responses and chunks are read when they are asked for.
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
        Interactions = other.Interactions.Select(interaction => new Interaction(this, interaction)).ToArray();
    }

    /// <summary>The file's name with its extension, or what stands for it.</summary>
    public string Name => Origin.Name;

    /// <summary>The file's full path; null for a cassette that is only in memory.</summary>
    public string? Path => Origin.Path;

    /// <summary>
    /// The file that the bytes were read from at first, also after an edit; null when there was none.
    /// </summary>
    public string? SourcePath => Origin.SourcePath;

    /// <summary>The path below the folder that was searched; the name when the file was named itself.</summary>
    public string RelativePath => Origin.RelativePath;

    /// <summary>
    /// True when the cassette is a file as it stands on disk; false after an edit that was not written.
    /// </summary>
    public bool Saved => Path is not null;

    /// <summary>Gets the name of the on-disk format, for example <c>har</c>.</summary>
    public string Format { get; }

    /// <summary>The size in bytes.</summary>
    public int Length => Source.Length;

    /// <summary>The recorded interactions, in file order.</summary>
    public IReadOnlyList<Interaction> Interactions { get; }

    /// <summary>The endpoint, when all interactions share one.</summary>
    public string? Endpoint => Shared(interaction => interaction.Endpoint);

    /// <summary>The model that was asked for, when all interactions share one.</summary>
    public string? Model => Shared(interaction => interaction.Model);

    /// <summary>The recording test's id, when all interactions share one.</summary>
    public string? TestId => Shared(interaction => interaction.TestId);

    /// <summary>Whether the responses are streams, when all interactions agree.</summary>
    public bool? IsStreaming => Shared(interaction => (bool?)interaction.IsStreaming);

    /// <summary>Gets whether one of the recorded calls failed.</summary>
    public bool HasError => Interactions.Any(interaction => interaction.HasError);

    /// <summary>How many stream chunks all interactions have together.</summary>
    public int Chunks => Interactions.Sum(interaction => interaction.ChunkCount);

    /// <summary>Where the bytes come from.</summary>
    internal CassetteSource Source { get; }

    /// <summary>Tells whether two cassettes hold the same bytes, for all practical purposes.</summary>
    internal UInt128 ContentHash => Source.Hash;

    /// <summary>What the cassette is called and where it stands.</summary>
    internal CassetteOrigin Origin { get; }

    /// <summary>The cassette's bytes, from the file if need be.</summary>
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

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private T? Shared<T>(Func<Interaction, T?> value)
    {
        var first = Interactions is [var leading, ..] ? value(leading) : default;
        return Interactions.All(interaction => EqualityComparer<T?>.Default.Equals(value(interaction), first))
            ? first
            : default;
    }
}
