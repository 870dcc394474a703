namespace OpenAICassette;

/// <summary>Specifies how a received request differs from a recorded one.</summary>
public enum DifferenceKind
{
    /// <summary>Both have the member, with different values.</summary>
    Changed,

    /// <summary>Only the received request has the member.</summary>
    Added,

    /// <summary>Only the recorded request has the member.</summary>
    Missing,

    /// <summary>Both have the element, in different positions.</summary>
    Moved,
}
