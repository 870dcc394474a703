namespace OpenAICassette.Cassettes;

/// <summary>Builds the typed views of one interaction from a cassette's bytes; each format has its own.</summary>
internal interface IInteractionViews
{
    /// <summary>The request.</summary>
    RecordedRequest ReadRequest(ReadOnlyMemory<byte> document);

    /// <summary>
    /// Returns what only this format knows of an interaction, without reading the file; none by default.
    /// </summary>
    IReadOnlyList<object> ExtensionsOf(Interaction interaction) => [];

    /// <summary>What is known beyond the format; null for a recording that says nothing of the kind.</summary>
    InteractionDetails? ReadDetails(ReadOnlyMemory<byte> document);

    /// <summary>The response with its chunks.</summary>
    RecordedResponse ReadResponse(ReadOnlyMemory<byte> document);
}
