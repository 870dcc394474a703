namespace OpenAICassette.Cassettes;

/// <summary>Builds the typed views of one interaction from a cassette's bytes; each format has its own.</summary>
internal interface IInteractionViews
{
    /// <summary>Reads the request.</summary>
    RecordedRequest ReadRequest(ReadOnlyMemory<byte> document);

    /// <summary>
    /// Reads the request without remembering it, for work that reads it once. Null, the default, if the format remembers
    /// what it reads.
    /// </summary>
    RecordedRequest? PeekRequest(ReadOnlyMemory<byte> document) => null;

    /// <summary>Reads the response with its frames.</summary>
    RecordedResponse ReadResponse(ReadOnlyMemory<byte> document);

    /// <summary>Returns what only this format knows of an interaction, without reading the file; none by default.</summary>
    IReadOnlyList<object> ExtensionsOf(Interaction interaction) => [];
}
