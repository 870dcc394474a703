using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>What is true of a recording's file by System.Text.Json and by its path, without the engine.</summary>
internal static class CorpusFacts
{
    /// <summary>
    /// The pointer of the first recorder-made id that is not of the file's name; null where there is none.
    /// </summary>
    public static string? WrongId(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var stem = Path.GetFileNameWithoutExtension(path);
        var name = stem.StartsWith("models-", StringComparison.Ordinal) ? stem["models-".Length..] : stem;
        var body = document.RootElement.GetProperty("response").GetProperty("body");
        var typed =
            body.ValueKind == JsonValueKind.Array
                ? body.EnumerateArray().Select((element, index) => ($"/response/body/{index}", element)).ToList()
                : [("/response/body", body)];
        foreach (var (pointer, element) in typed)
        {
            if (
                element.Member("__data__").Member("id").Text() is { } id
                && id.StartsWith("rec-", StringComparison.Ordinal)
                && id != $"rec-{name[..12]}"
            )
            {
                return $"{pointer}/__data__/id";
            }
        }

        return null;
    }

    /// <summary>Whether the path holds another directory than the one that the test's file implies.</summary>
    public static bool IsElsewhere(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var test = document.RootElement.Member("test_id").Text()
            ?? document.RootElement.GetProperty("request").Member("test_id").Text();
        if (test is null)
        {
            return false;
        }

        var file = test.Split("::")[0].Replace("tests/integration/", "", StringComparison.Ordinal);
        return !path.Replace('\\', '/')
            .Contains($"/{Path.GetDirectoryName(file)}/recordings/", StringComparison.Ordinal);
    }

    /// <summary>
    /// The sum of prompt and completion tokens beside the reported total, of the last usage that has both; null where
    /// none has.
    /// </summary>
    public static (long Sum, long Reported)? Total(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        (long, long)? total = null;
        var body = document.RootElement.GetProperty("response").GetProperty("body");
        foreach (var element in body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().ToList() : [body])
        {
            var usage = element.Unwrapped().Member("usage");
            if (usage.Member("total_tokens") is { } reported && usage.Member("prompt_tokens") is { } prompt)
            {
                total = (prompt.GetInt64() + (usage.Member("completion_tokens")?.GetInt64() ?? 0), reported.GetInt64());
            }
        }

        return total;
    }

    /// <summary>
    /// Whether the digest in a file's name is that of the models that it lists; null for a name without one.
    /// </summary>
    public static bool? Digest(string path)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split('-');
        if (parts[0] != "models")
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var body = document.RootElement.GetProperty("response").GetProperty("body");
        var models =
            body.ValueKind == JsonValueKind.Array
                ? body.EnumerateArray()
                : body.GetProperty("__data__").GetProperty("models").EnumerateArray();
        var ids = models
            .Select(model => model.Unwrapped().Member("id").Text() ?? model.Member("model").Text()!)
            .Distinct()
            .Order(StringComparer.Ordinal);
        var text = Encoding.UTF8.GetBytes(string.Join('|', ids));
#pragma warning disable CA5350 // The first names were made with SHA-1.
        string[] digests =
        [
            Convert.ToHexStringLower(SHA256.HashData(text))[..8],
            Convert.ToHexStringLower(SHA1.HashData(text))[..8],
        ];
#pragma warning restore CA5350
        return digests.Contains(parts[2]);
    }
}
