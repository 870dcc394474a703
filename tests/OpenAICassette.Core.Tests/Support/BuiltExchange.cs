using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>One exchange to be put into files of other recorders; what a test does not set is as it should be.</summary>
internal sealed record BuiltExchange
{
    public const string Chat = "https://api.openai.com/v1/chat/completions";

    public string Method { get; init; } = "POST";

    public string Url { get; init; } = Chat;

    public string Asked { get; init; } = """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""";

    public int Status { get; init; } = 200;

    public string Type { get; init; } = "application/json";

    public string Answer { get; init; } =
        """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hey"},"finish_reason":"stop"}]}""";

    public (string Name, string Value)[] More { get; init; } = [];

    /// <summary>Writes a HTTP archive with a line for each exchange.</summary>
    public static byte[] Har(params BuiltExchange[] exchanges) =>
        Encoding.UTF8.GetBytes(
            $"{{\"log\":{{\"version\":\"1.2\",\"entries\":[\n{string.Join(",\n", exchanges.Select(one => one.Entry()))}\n]}}}}"
        );

    /// <summary>Opens a HTTP archive from memory and returns the findings about it.</summary>
    public static IReadOnlyList<HealthFinding> Check(params BuiltExchange[] exchanges) =>
        HealthCheck.CheckAlone(CassetteStore.Open(Har(exchanges), CassetteOrigin.OfMemory("a.har")));

    private string Entry()
    {
        var headers = More.Prepend(("Content-Type", Type))
            .Select(field => new { name = field.Item1, value = field.Item2 });
        return JsonSerializer.Serialize(
            new
            {
                request = new
                {
                    method = Method,
                    url = Url,
                    headers = Array.Empty<object>(),
                    postData = new { mimeType = "application/json", text = Asked },
                },
                response = new
                {
                    status = Status,
                    headers,
                    content = new { mimeType = Type, text = Answer },
                },
            }
        );
    }
}
