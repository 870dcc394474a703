namespace OpenAICassette;

/// <summary>
/// A member of a response that is no part of what was said, such as a fingerprint or the verdict of a content filter, or one that no
/// known API has. Nothing that was recorded is lost: what is not shown elsewhere is here.
/// </summary>
/// <param name="Name">Where it stands: member names with dots between, and [] for the elements of a list.</param>
/// <param name="Values">The values that it has in the chunks of the response, as JSON and each once, in the order of their appearance.</param>
public sealed record Detail(string Name, IReadOnlyList<string> Values)
{
    /// <summary>For example: system_fingerprint: "fp_1".</summary>
    public override string ToString() => $"{Name}: {string.Join(", ", Values)}";
}
