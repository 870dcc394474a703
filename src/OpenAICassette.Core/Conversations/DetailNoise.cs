using System.Collections.Frozen;
using OpenAICassette.Apis;

namespace OpenAICassette.Conversations;

/// <summary>
/// Members of responses that tell nothing by themselves, and are not among the <see cref="Detail"/>s.
/// </summary>
internal static class DetailNoise
{
    /// <summary>
    /// Gets the names: random padding; what kind of object or event it is, and its place in the stream, both of which
    /// show in what was made of it; the numbers of vectors, of which only the count and the dimensions are told.
    /// </summary>
    public static FrozenSet<string> Names { get; } =
    ["object", "type", "index", .. ApiFamilies.Names(words => words.SilentMembers)];

    /// <summary>
    /// Lists and objects that only hold others together, so that their members are looked at one by one.
    /// </summary>
    public static FrozenSet<string> Containers { get; } = ["data", .. ApiFamilies.Names(words => words.Containers)];
}
