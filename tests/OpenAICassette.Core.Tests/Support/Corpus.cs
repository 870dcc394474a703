using System.Collections.Concurrent;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>The public recordings, each beside what System.Text.Json says of the same file.</summary>
internal static class Corpus
{
    /// <summary>Checks every recording, and fails with the names of all that do not pass.</summary>
    /// <param name="check">Gets the cassette and the whole file as another parser reads it.</param>
    public static void All(Action<Cassette, JsonElement> check) => Some(500, (cassette, file) =>
        {
            check(cassette, file);
            return true;
        });

    /// <summary>Checks the recordings of a kind, and fails with the names of all that do not pass.</summary>
    /// <param name="least">How many of the kind there are at least; with fewer, the test would test nothing.</param>
    /// <param name="check">
    /// Gets the cassette and the whole file as another parser reads it; tells whether it is of the kind.
    /// </param>
    public static void Some(int least, Func<Cassette, JsonElement, bool> check)
    {
        var seen = 0;
        var failures = new ConcurrentBag<string>();
        Parallel.ForEach(SharedData.Files, path =>
        {
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                Interlocked.Add(ref seen, check(CassetteStore.Open(path), document.RootElement) ? 1 : 0);
            }
#pragma warning disable CA1031 // Whatever goes wrong with one file is told, with its name, together with the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures.Add($"{Path.GetRelativePath(SharedData.Recordings, path)}: {e.Message}");
            }
        });
        Assert.Empty(failures.Order(StringComparer.Ordinal));
        Assert.InRange(seen, SharedData.Least(least), int.MaxValue);
    }

    /// <summary>A member, also of what is no object or has no such member; null then.</summary>
    public static JsonElement? Member(this JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member)
            ? member
            : null;

    /// <summary>A member, also of what is no object or has no such member; null then.</summary>
    public static JsonElement? Member(this JsonElement value, string name) => Member((JsonElement?)value, name);

    /// <summary>The text of a string; null for all else.</summary>
    public static string? Text(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>The elements of an array; none for all else.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    /// <summary>The SDK object inside the recorder's label, or the value itself.</summary>
    public static JsonElement Unwrapped(this JsonElement value) =>
        value.Member("__type__") is not null && value.Member("__data__") is { } data ? data : value;
}
