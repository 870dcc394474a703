namespace OpenAICassette.Redaction;

/// <summary>
/// Compares the structure of JSON documents: everything except the text of strings and the bytes of tokens.
/// </summary>
internal static class JsonShape
{
    /// <summary>
    /// Returns whether two documents have the same objects, arrays and kinds of values in the same places.
    /// </summary>
    public static bool IsSame(JsonValue one, JsonValue other)
    {
        if (!one.Exists || !other.Exists)
        {
            return false;
        }

        var (left, right) = (one.Tree, other.Tree);
        if (left.Row(0).Next != right.Row(0).Next)
        {
            return false;
        }

        for (var row = 0; row < left.Row(0).Next; row++)
        {
            if (left.Row(row).Kind != right.Row(row).Kind || left.Row(row).Next != right.Row(row).Next)
            {
                return false;
            }
        }

        return true;
    }
}
