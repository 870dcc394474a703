using OpenAICassette.Formats.LlamaStack;

namespace OpenAICassette;

/// <summary>
/// Gives what only a Llama Stack recording has: the key that names its file, and the members of its JSON, known or not.
/// </summary>
public sealed class RecordingEnvelope
{
    private readonly Interaction _interaction;
    private readonly RecordingViews _views;
    private Identity? _identity;

    internal RecordingEnvelope(Interaction interaction, RecordingViews views)
    {
        _interaction = interaction;
        _views = views;
    }

    /// <summary>
    /// Gets the key of the request under the algorithm now in force; null if the recording does not hold all that is
    /// hashed.
    /// </summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public string? Key => Read().Key;

    /// <summary>Gets the algorithms that reproduce the file's name, oldest first; none if no algorithm does.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public IReadOnlyList<KeyAlgorithm> KeyAlgorithms => Read().Algorithms;

    /// <summary>Gets the eras of the recorder that write such a file, for example E4 or E0-E2.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public string Era => Read().Era;

    /// <summary>Gets the request as recorded, with all members, known or not.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public JsonValue Request => _views.Request(Document);

    /// <summary>Gets the response as recorded, with all members, known or not.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public JsonValue Response => _views.Response(Document);

    /// <summary>
    /// Gets the whole file as one value. The request and response are parts of it as long as it is in use.
    /// </summary>
    internal JsonValue Root => _views.Root(Document);

    /// <summary>Gets whether OpenAICassette wrote the recording, which it finds by its request.</summary>
    internal bool IsOwn => _views.IsOwn;

    /// <summary>Gets whether the key under the algorithm now in force made the file's name.</summary>
    internal bool HasCurrentName => _views.HasCurrentName(Document, FileName);

    private string FileName => Path.GetFileName(_interaction.Cassette.SourcePath) ?? _interaction.Cassette.Name;

    private ReadOnlyMemory<byte> Document => _interaction.Cassette.Source.Read();

    private Identity Read()
    {
        _identity ??= _views.ReadIdentity(Document, FileName);
        return _identity;
    }

    /// <summary>What the recorder finds the recording by.</summary>
    internal sealed record Identity(string? Key, IReadOnlyList<KeyAlgorithm> Algorithms, string Era);
}
