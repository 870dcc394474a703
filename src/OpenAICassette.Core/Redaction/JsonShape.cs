namespace OpenAICassette.Redaction;

/// <summary>The shape of a JSON document: all of it but what its strings say and which bytes tokens have.</summary>
internal static class JsonShape
{
    /// <summary>True when two documents have the same objects, arrays and kinds of values in the same places.</summary>
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
