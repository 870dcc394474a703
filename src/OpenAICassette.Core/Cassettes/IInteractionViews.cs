namespace OpenAICassette.Cassettes;

/// <summary>Builds the typed views of one interaction from a cassette's bytes; each format has its own.</summary>
internal interface IInteractionViews
{
    /// <summary>The request.</summary>
    RecordedRequest ReadRequest(ReadOnlyMemory<byte> document);

    /// <summary>By what the recorder finds the recording again.</summary>
    RecordingIdentity ReadIdentity(ReadOnlyMemory<byte> document, string fileName);

    /// <summary>What is known beyond the format; null for a recording that says nothing of the kind.</summary>
    InteractionDetails? ReadDetails(ReadOnlyMemory<byte> document);

    /// <summary>The response with its chunks.</summary>
    RecordedResponse ReadResponse(ReadOnlyMemory<byte> document);
}
