namespace OpenAICassette;

/// <summary>
/// Represents a member of a response that is not part of the conversation, such as a fingerprint, a content filter
/// result, or an unknown member. Every recorded member that is not shown elsewhere is a detail.
/// </summary>
/// <param name="Name">The location: member names separated by dots, with [] for the elements of a list.</param>
/// <param name="Values">The distinct values in the chunks of the response, as JSON, in order of appearance.</param>
public sealed record Detail(string Name, IReadOnlyList<string> Values)
{
    /// <summary>Returns the detail as text, for example: system_fingerprint: "fp_1".</summary>
    public override string ToString() => $"{Name}: {string.Join(", ", Values)}";
}
