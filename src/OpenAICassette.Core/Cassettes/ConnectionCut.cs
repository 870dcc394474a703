namespace OpenAICassette.Cassettes;

/// <summary>Specifies how a service ended the connection in the middle of a response.</summary>
internal enum ConnectionCut
{
    /// <summary>It closed the connection.</summary>
    Closed,

    /// <summary>It reset the connection.</summary>
    Reset,
}
