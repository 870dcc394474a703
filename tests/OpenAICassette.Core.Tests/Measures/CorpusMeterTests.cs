using System.Text.Json;
using OpenAICassette.Measures;

namespace OpenAICassette.Tests;

/// <summary>Sums over the public recordings, against sums over the same files by another parser.</summary>
public class CorpusMeterTests
{
    private static readonly string[] s_addressed = ["method", "url", "provider", "tool_name"];

    private static readonly Lazy<List<(string Path, JsonElement File)>> s_files = new(() =>
        [.. SharedData.Files.Select(path => (path, JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(path))))]
    );

    [Fact]
    public void Files_interactions_chunks_and_bytes_of_each_endpoint_are_summed()
    {
        var expected = s_files
            .Value.GroupBy(file => Endpoint(file.File))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
                $"{group.Key}: {group.Count()} {group.Count()} {group.Sum(file => Chunks(file.File))} {group.Sum(file => new FileInfo(file.Path).Length)}"
            );
        var measures = Measure(MeasureGroup.Endpoint, s_files.Value.Select(file => file.Path));
        Assert.Equal(
            expected,
            measures.Select(sum => $"{sum.Name}: {sum.Files} {sum.Interactions} {sum.Chunks} {sum.Bytes}")
        );
        Assert.All(measures, sum => Assert.Null(sum.Cost));
    }

    [Fact]
    public void The_tokens_of_each_model_are_summed_for_chats()
    {
        var chats = s_files
            .Value.Where(file => Endpoint(file.File).EndsWith("/chat/completions", StringComparison.Ordinal))
            .ToList();
        Assert.InRange(chats.Count, SharedData.Least(300), SharedData.Files.Count);
        var expected = chats
            .GroupBy(file => file.File.GetProperty("request").Member("model").Text() ?? "")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
                $"{group.Key}: "
                + string.Join(' ', Enumerable.Range(0, 4).Select(count => group.Sum(file => Tokens(file.File)[count])))
            );
        Assert.Equal(
            expected,
            Measure(MeasureGroup.Model, chats.Select(file => file.Path))
                .Select(sum =>
                    $"{sum.Name}: {sum.PromptTokens} {sum.CompletionTokens} {sum.CachedTokens} {sum.ReasoningTokens}"
                )
        );
    }

    [Fact]
    public void Requests_that_say_the_same_to_the_same_address_are_duplicates_of_the_first()
    {
        var distinct = s_files.Value.Select(file => Request(file.File)).Distinct().Count();
        var sum = Assert.Single(Measure(MeasureGroup.Format, s_files.Value.Select(file => file.Path)));
        Assert.Equal(("LlamaStack", s_files.Value.Count - distinct), (sum.Name, sum.Duplicates));
        Assert.InRange(distinct, 1, s_files.Value.Count - 1);
    }

    [Fact]
    public void The_tests_of_all_recordings_are_told_apart()
    {
        var expected = s_files
            .Value.CountBy(file =>
                file.File.Member("test_id").Text() ?? file.File.GetProperty("request").Member("test_id").Text() ?? ""
            )
            .OrderBy(test => test.Key, StringComparer.Ordinal)
            .Select(test => (test.Key, test.Value));
        Assert.Equal(
            expected,
            Measure(MeasureGroup.TestId, s_files.Value.Select(file => file.Path)).Select(sum => (sum.Name, sum.Files))
        );
    }

    private static IReadOnlyCollection<CassetteMeasure> Measure(MeasureGroup group, IEnumerable<string> paths)
    {
        var meter = new CassetteMeter(group);
        foreach (var path in paths)
        {
            meter.Add(CassetteMeter.Read(CassetteStore.Open(path)));
        }

        return meter.Measures;
    }

    private static string Endpoint(JsonElement file)
    {
        var request = file.GetProperty("request");
        return request.Member("endpoint").Text()
            ?? (request.Member("url").Text() is { } url ? new Uri(url).AbsolutePath : "");
    }

    private static int Chunks(JsonElement file)
    {
        var (response, lines) = (file.GetProperty("response"), 0);
        if (!response.GetProperty("is_streaming").GetBoolean())
        {
            return 0;
        }

        // A line that is not blank begins an event where none goes on.
        var elements = response.GetProperty("body").EnumerateArray().ToList();
        var texts = elements
            .Select(element => element.ValueKind == JsonValueKind.String ? element.GetString()! : null)
            .ToList();
        for (var i = 0; i < texts.Count; i++)
        {
            lines += texts[i] is null || (texts[i]!.Length > 0 && (i == 0 || texts[i - 1] is null or "")) ? 1 : 0;
        }

        return lines;
    }

    /// <summary>Prompt, completion, cached and reasoning tokens of the last usage.</summary>
    private static long[] Tokens(JsonElement file)
    {
        var body = file.GetProperty("response").GetProperty("body");
        var elements = body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().ToList() : [body];
        var usage = elements
            .Select(element => element.Unwrapped().Member("usage"))
            .LastOrDefault(value => value is { ValueKind: JsonValueKind.Object });
        return
        [
            Number(usage.Member("prompt_tokens")),
            Number(usage.Member("completion_tokens")),
            Number(usage.Member("prompt_tokens_details").Member("cached_tokens")),
            Number(usage.Member("completion_tokens_details").Member("reasoning_tokens")),
        ];
    }

    private static long Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 0;

    private static string Request(JsonElement file)
    {
        var request = file.GetProperty("request");
        var body = request.Member("body") ?? request.Member("payload") ?? request.Member("kwargs");
        return string.Join(
            '\n',
            s_addressed
                .Select(name => request.Member(name).Text())
                .Append(
                    body is { } sent
                        ? JsonComparison.Minified(System.Text.Encoding.UTF8.GetBytes(sent.GetRawText()))
                        : null
                )
        );
    }
}
