using System.Globalization;
using OpenAICassette.Json;

namespace OpenAICassette.Matching;

/// <summary>A place in a request, for programs and for people.</summary>
/// <param name="Pointer">The JSON pointer.</param>
/// <param name="Words">For example messages[2].content.</param>
internal readonly record struct DifferencePlace(string Pointer, string Words)
{
    /// <summary>The last step, without indexes.</summary>
    public string Name { get; private init; } = string.Empty;

    /// <summary>A member of the value here.</summary>
    public DifferencePlace Member(string name) => new(
        $"{Pointer}/{JsonPointer.Part(name)}",
        Words.Length == 0 ? DifferenceText.Line(name) : $"{Words}{(Words.EndsWith('\'') ? ": " : ".")}{DifferenceText.Line(name)}") { Name = name };

    /// <summary>An element of the array here.</summary>
    public DifferencePlace Element(int index)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        return new DifferencePlace($"{Pointer}/{number}", $"{Words}[{number}]");
    }

    /// <summary>An element of a list of tools, which people know by name.</summary>
    public DifferencePlace Tool(int index, string name) => Element(index) with { Words = $"tool '{DifferenceText.Line(name)}'" };
}
