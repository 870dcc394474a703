using System.Text.Json;
using OpenAICassette.Text;

namespace OpenAICassette.Formats;

/// <summary>Looks at the beginning of a JSON file, which may be cut off anywhere.</summary>
internal static class JsonHead
{
    /// <summary>Returns whether the file is an object that has a member, in the part that is there.</summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="inner">The name of a member that the member's value must have; empty for none.</param>
    public static bool HasMember(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name, ReadOnlySpan<byte> inner = default)
    {
        // Searching for the names costs next to nothing; most files have none of them.
        if (head.IndexOf(name) < 0 || head.IndexOf(inner) < 0)
        {
            return false;
        }

        var scanner = new JsonScanner(head[JsonText.MarkLength(head)..]);
        try
        {
            return scanner.Read()
                && scanner.TokenType == JsonTokenType.StartObject
                && Find(ref scanner, name)
                && (inner.IsEmpty || (scanner.TokenType == JsonTokenType.StartObject && Find(ref scanner, inner)));
        }
        catch (JsonTextException)
        {
            return false;
        }
    }

    /// <summary>Returns whether the file is an array whose first element is an object with a member.</summary>
    public static bool FirstHasMember(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var scanner = new JsonScanner(head[JsonText.MarkLength(head)..]);
        try
        {
            return scanner.Read()
                && scanner.TokenType == JsonTokenType.StartArray
                && scanner.Read()
                && scanner.TokenType == JsonTokenType.StartObject
                && Find(ref scanner, name);
        }
        catch (JsonTextException)
        {
            return false;
        }
    }

    /// <summary>
    /// Returns whether the file is an object with an array, whose first element has a member, whose value has another.
    /// </summary>
    /// <param name="head">The beginning of the file.</param>
    /// <param name="list">The name of the array.</param>
    /// <param name="name">The name of the element's member.</param>
    /// <param name="inner">The name of that member's member; empty for none.</param>
    public static bool ElementHasMember(
        ReadOnlySpan<byte> head,
        ReadOnlySpan<byte> list,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> inner
    )
    {
        if (head.IndexOf(list) < 0 || head.IndexOf(name) < 0 || head.IndexOf(inner) < 0)
        {
            return false;
        }

        var scanner = new JsonScanner(head[JsonText.MarkLength(head)..]);
        try
        {
            return scanner.Read()
                && scanner.TokenType == JsonTokenType.StartObject
                && Find(ref scanner, list)
                && scanner.TokenType == JsonTokenType.StartArray
                && scanner.Read()
                && scanner.TokenType == JsonTokenType.StartObject
                && Find(ref scanner, name)
                && (inner.IsEmpty || (scanner.TokenType == JsonTokenType.StartObject && Find(ref scanner, inner)));
        }
        catch (JsonTextException)
        {
            return false;
        }
    }

    /// <summary>Goes to the value of a member of the object that was just opened.</summary>
    private static bool Find(ref JsonScanner scanner, ReadOnlySpan<byte> name)
    {
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
