using System.Globalization;
using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Matching;

/// <summary>
/// Represents a place in a request, for programs and for people. It is a step from the enclosing place, and is spelled
/// out only when it is shown.
/// </summary>
internal sealed class DifferencePlace
{
    /// <summary>The maximum length of a pointer or path, whose names and nesting the client controls.</summary>
    private const int Longest = 300;

    private const int LongestStep = 100;

    private readonly DifferencePlace? _around;
    private readonly int _index = -1;
    private readonly string? _tool;

    private DifferencePlace(DifferencePlace? around, string name, int index = -1, string? tool = null)
    {
        _around = around;
        _index = index;
        _tool = tool;
        Name = name;
    }

    /// <summary>Gets the whole request.</summary>
    public static DifferencePlace Root { get; } = new(null, string.Empty);

    /// <summary>Gets a body that can only be compared as a whole.</summary>
    public static DifferencePlace Body { get; } = new(null, "the body");

    /// <summary>Gets the name of the member, without indexes; empty for an element.</summary>
    public string Name { get; }

    /// <summary>Gets the JSON pointer, or its beginning.</summary>
    public string Pointer
    {
        get
        {
            var pointer = new StringBuilder();
            foreach (var place in FromRoot())
            {
                pointer
                    .Append('/')
                    .Append(
                        place._index >= 0 ? Number(place._index) : JsonPointer.Part(Start(place.Name, LongestStep))
                    );
            }

            return Start(pointer.ToString(), Longest);
        }
    }

    /// <summary>Gets the path, for example messages[2].content.</summary>
    public string Words
    {
        get
        {
            var words = new StringBuilder(this == Body ? Name : string.Empty);
            var isTool = false;
            foreach (var place in FromRoot())
            {
                if (place._tool is { } tool)
                {
                    words.Clear().Append("tool '").Append(DifferenceText.Line(tool)).Append('\'');
                }
                else if (place._index >= 0)
                {
                    words.Append('[').Append(Number(place._index)).Append(']');
                }
                else
                {
                    words
                        .Append(
                            words.Length == 0 ? string.Empty
                            : isTool ? ": "
                            : "."
                        )
                        .Append(DifferenceText.Line(place.Name));
                }

                isTool = place._tool is not null;
            }

            return words.Length <= Longest ? words.ToString() : DifferenceText.End(words.ToString(), Longest);
        }
    }

    /// <summary>Returns the place of a member.</summary>
    public DifferencePlace Member(string name) => new(this, name);

    /// <summary>Returns the place of an array element.</summary>
    public DifferencePlace Element(int index) => new(this, string.Empty, index);

    /// <summary>Returns the place of a tool, identified by its name.</summary>
    public DifferencePlace Tool(int index, string name) => new(this, string.Empty, index, name);

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static string Start(string text, int length) =>
        text.Length <= length ? text : $"{DifferenceText.Start(text, length - 1)}…";

    /// <summary>Returns the steps from the root; none for the whole body.</summary>
    private Stack<DifferencePlace> FromRoot()
    {
        var steps = new Stack<DifferencePlace>();
        for (var place = this; place._around is not null; place = place._around)
        {
            steps.Push(place);
        }

        return steps;
    }
}
