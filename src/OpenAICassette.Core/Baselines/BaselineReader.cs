using System.Globalization;
using System.Text.Json;

namespace OpenAICassette.Baselines;

/// <summary>Reads the members of a baseline; each error names its place.</summary>
/// <param name="path">The path of the file.</param>
internal sealed class BaselineReader(string path)
{
    private static readonly string[] s_fileMembers = ["$schema", "version", "salt", "findings", "secrets"];
    private static readonly string[] s_entryMembers = ["path", "id", "place", "secret", "count", "reason"];

    /// <summary>Returns the file.</summary>
    /// <exception cref="BaselineException">The file is not valid.</exception>
    public BaselineFile Read(JsonElement root)
    {
        RequireMembers(root, string.Empty, s_fileMembers);
        var isKnown =
            root.TryGetProperty("version", out var version)
            && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out var number)
            && number == 1;
        if (!isKnown)
        {
            throw Invalid("/version", "expected 1. Use a newer version of this program for other baselines");
        }

        var secrets = Entries(root, "secrets", isSecret: true);
        var salt = Salt(root);
        return secrets.Count > 0 && salt is null
            ? throw Invalid("/salt", "missing; without it, the secrets are not known again")
            : BaselineFile.Of(Entries(root, "findings", isSecret: false), secrets, salt);
    }

    private byte[]? Salt(JsonElement root)
    {
        if (Text(root, "salt", string.Empty) is not { } text)
        {
            return null;
        }

        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException e)
        {
            throw Invalid("/salt", "expected hexadecimal digits", e);
        }
    }

    private SortedDictionary<BaselineKey, BaselineEntry> Entries(JsonElement root, string name, bool isSecret)
    {
        var entries = new SortedDictionary<BaselineKey, BaselineEntry>(BaselineKey.Order);
        if (!root.TryGetProperty(name, out var list))
        {
            return entries;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Invalid($"/{name}", "expected a list");
        }

        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"/{name}/{index++}");
            RequireMembers(element, place, s_entryMembers);
            var key = new BaselineKey(
                Required(element, "path", place),
                Required(element, "id", place),
                Text(element, "place", place) ?? string.Empty,
                isSecret ? Required(element, "secret", place) : null
            );
            var reason = Text(element, "reason", place);

            // A merge of two branches may list an entry twice.
            var same = entries.GetValueOrDefault(key);
            entries[key] = new BaselineEntry(Math.Max(same?.Count ?? 1, Count(element, place)), reason ?? same?.Reason);
        }

        return entries;
    }

    private int Count(JsonElement entry, string place)
    {
        if (!entry.TryGetProperty("count", out var count))
        {
            return 1;
        }

        return count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var number) && number > 0
            ? number
            : throw Invalid($"{place}/count", "expected a positive number");
    }

    private string Required(JsonElement entry, string name, string place) =>
        Text(entry, name, place) ?? throw Invalid($"{place}/{name}", "missing");

    private string? Text(JsonElement entry, string name, string place)
    {
        if (!entry.TryGetProperty(name, out var text))
        {
            return null;
        }

        return text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : throw Invalid($"{place}/{name}", "expected a text");
    }

    private void RequireMembers(JsonElement element, string place, string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Invalid(place, "expected an object");
        }

        foreach (var member in element.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            throw Invalid($"{place}/{member.Name}", $"unknown member; expected {string.Join(", ", known)}");
        }
    }

    private BaselineException Invalid(string place, string problem, Exception? inner = null) =>
        new(path, $"the baseline is not valid at '{place}': {problem}", inner);
}
