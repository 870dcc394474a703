using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>Looks at the beginning of a JSON file, which may be cut off anywhere.</summary>
internal static class JsonHead
{
    /// <summary>Returns whether there is a value at a path, in the part of the file that is there.</summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="path">The names of members, separated by a slash; [] for the first element of an array.</param>
    public static bool Has(ReadOnlySpan<byte> head, ReadOnlySpan<byte> path)
    {
        if (!DocumentFormat.IsJson(head) || !HasNames(head, path))
        {
            return false;
        }

        var scanner = new JsonScanner(head[JsonText.MarkLength(head)..]);
        try
        {
            if (!scanner.Read())
            {
                return false;
            }

            foreach (var step in path.Split((byte)'/'))
            {
                if (IsElement(path[step]) ? !TryEnter(ref scanner) : !TryFind(ref scanner, path[step]))
                {
                    return false;
                }
            }

            return true;
        }
        catch (JsonTextException)
        {
            return false;
        }
    }

    /// <summary>
    /// Returns whether the names of a path stand anywhere in a head. That costs next to nothing, and most files lack one
    /// of them.
    /// </summary>
    public static bool HasNames(ReadOnlySpan<byte> head, ReadOnlySpan<byte> path)
    {
        foreach (var step in path.Split((byte)'/'))
        {
            if (!IsElement(path[step]) && head.IndexOf(path[step]) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns whether a step of a path leads to the first element of an array.</summary>
    public static bool IsElement(ReadOnlySpan<byte> step) => step.SequenceEqual("[]"u8);

    /// <summary>Goes to the first element of an array.</summary>
    private static bool TryEnter(ref JsonScanner scanner) =>
        scanner.TokenType == JsonTokenType.StartArray && scanner.Read();

    /// <summary>Goes to the value of an object's member.</summary>
    private static bool TryFind(ref JsonScanner scanner, ReadOnlySpan<byte> name)
    {
        if (scanner.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (scanner.Read() && scanner.TokenType == JsonTokenType.PropertyName)
        {
            var isFound = scanner.Value.SequenceEqual(name);
            scanner.Read();
            if (isFound)
            {
                return true;
            }

            scanner.Skip();
        }

        return false;
    }
}
