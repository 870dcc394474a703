namespace OpenAICassette.Redaction.Rules;

/// <summary>
/// Recognizes telephone numbers by their groups of digits: with a country code (ITU-T E.164), an area code in brackets
/// or the national prefix 0, and as countries write them without.
/// </summary>
internal static class PhoneNumber
{
    /// <summary>A run of digits and separators, which is no part of a longer number, version or word.</summary>
    public const string Pattern =
        @"(?:^|[^0-9.A-Za-z_/:+-]|[A-Za-z]:)(?<secret>(?:\([0-9]{1,5}\)[ ./-]?)?\+?[0-9][0-9 ()./-]{5,24}[0-9])(?:$|[^0-9A-Za-z_.:/-]|[.-](?:$|[^0-9A-Za-z]))";

    /// <summary>Returns whether the form of a text is that of telephone numbers only.</summary>
    public static bool IsMarked(string value)
    {
        var digits = value.Count(char.IsAsciiDigit);
        if (HasOddSeparators(value))
        {
            return false;
        }

        var groups = Groups(value);
        return value[0] == '+' ? digits is >= 8 and <= 15 && !IsDecimal(value)
            : value.Contains('(', StringComparison.Ordinal) ? digits is >= 8 and <= 13
            : IsAmerican(groups) || IsNational(value, groups, digits) || IsInternational(value, groups, digits);
    }

    /// <summary>Returns whether a text can be a telephone number if something near it says so.</summary>
    public static bool IsPlain(string value)
    {
        var groups = Groups(value);
        return !IsMarked(value)
            && !HasOddSeparators(value)
            && !value.Contains('.', StringComparison.Ordinal)
            && value.Distinct().Count() >= 4
            && (
                groups is [{ Length: >= 9 and <= 11 }]
                || (groups is [{ Length: 12 or 13 }] && groups[0][0] == '0')
                || (groups is [{ Length: 4 }, { Length: 4 }] && groups[0][0] is not ('1' or '2'))
                || IsGrouped(groups)
            );
    }

    private static bool IsAmerican(string[] groups) =>
        groups is [{ Length: 3 }, { Length: 3 }, { Length: 4 }] && groups[0][0] is not ('0' or '1')
        || (groups is ["1", { Length: 3 }, { Length: 3 }, { Length: 4 }]);

    /// <summary>
    /// Returns whether a number begins with the national prefix 0 and has the groups of an area and a number.
    /// </summary>
    private static bool IsNational(string value, string[] groups, int digits)
    {
        var isInPairs = groups.Length == 5 && groups.All(group => group.Length == 2);
        return groups.Length is >= 2 and <= 5
            && groups[0][0] == '0'
            && groups[0].Length is >= 2 and <= 5
            && groups[0].Any(unit => unit != '0')
            && digits is >= 9 and <= 12
            && groups[1..].All(group => group.Length is >= 2 and <= 8)
            && (isInPairs || !value.Contains('.', StringComparison.Ordinal));
    }

    /// <summary>Returns whether a number begins with 00 and the code of a country.</summary>
    private static bool IsInternational(string value, string[] groups, int digits) =>
        groups.Length >= 3
        && !value.Contains('.', StringComparison.Ordinal)
        && groups[0].Length is >= 3 and <= 5
        && groups[0].StartsWith("00", StringComparison.Ordinal)
        && groups[0][2] != '0'
        && digits is >= 10 and <= 16
        && groups[2..].All(group => group.Length is >= 2 and <= 8);

    /// <summary>
    /// Returns whether digits are grouped as in telephone numbers, and not as in a date with a time, a parcel's number
    /// or a social security number.
    /// </summary>
    private static bool IsGrouped(string[] groups) =>
        groups.Length is >= 2 and <= 5
        && groups.Sum(group => group.Length) is >= 9 and <= 12
        && groups[1..].All(group => group.Length is >= 2 and <= 8)
        && groups
            is not ([{ Length: 4 }, { Length: 4 }, { Length: 4 }] or [{ Length: 3 }, { Length: 2 }, { Length: 4 }])
        && !(groups is [{ Length: 4 }, { Length: 2 }, { Length: 2 }, ..] && groups[0][0] is '1' or '2');

    private static bool IsDecimal(string value) =>
        Groups(value).Length == 2 && value.Contains('.', StringComparison.Ordinal);

    private static string[] Groups(string value) =>
        value.TrimStart('+').Split([' ', '.', '-', '/', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Returns whether separators follow each other as in no number, or brackets do not match.</summary>
    private static bool HasOddSeparators(string value)
    {
        var open = 0;
        for (var i = 0; i < value.Length; i++)
        {
            open +=
                value[i] == '(' ? 1
                : value[i] == ')' ? -1
                : 0;
            if (open is < 0 or > 1)
            {
                return true;
            }

            if (i > 0 && value[i] is ' ' or '.' or '-' or '/' && value[i - 1] is ' ' or '.' or '-' or '/')
            {
                return true;
            }
        }

        return open != 0;
    }
}
