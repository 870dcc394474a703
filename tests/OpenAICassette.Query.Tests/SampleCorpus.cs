using System.Globalization;
using System.Text;

namespace OpenAICassette.Query.Tests;

/// <summary>Recordings with every fact that the questions ask for, beside those of every era.</summary>
internal sealed class SampleCorpus : IDisposable
{
    private const string Weather = """{"type":"function","function":{"name":"weather"}}""";
    private const string Time = """{"type":"function","function":{"name":"time"}}""";
    private readonly TempFolder _folder = new();

    public SampleCorpus()
    {
        for (var day = 1; day <= 3; day++)
        {
            AddStream($"day{day}-a.json", "gpt-4o", day, 100 + (50 * day));
            AddStream($"day{day}-b.json", "gpt-4o-mini", day, 80 * day);
        }

        AddAnswer("paris.json", "Paris it is", "length");
        AddAnswer("again.json", "PARIS", "stop");
        AddResult();
        Write(
            "refused.json",
            """{"model":"gpt-4o","messages":[{"role":"user","content":"Hello?"}]}""",
            """{"error":{"message":"slow down","type":"rate_limit_error"}}""",
            ""","openai_cassette":{"ordinal":1,"status":429}"""
        );
        _folder.Add("notes.md", "# notes"u8);
    }

    public string Folder => _folder.FullName;

    public IReadOnlyList<string> Paths => [Folder, SharedData.Recordings];

    public string Add(string name, string text) => _folder.Add(name, Encoding.UTF8.GetBytes(text));

    public string AddAnswer(string name, string said, string reason) =>
        Write(
            name,
            """{"model":"gpt-4o","messages":[{"role":"user","content":"The capital of France?"}]}""",
            $$"""
            {"model":"gpt-4o-2024","choices":[{"index":0,"finish_reason":"{{reason}}","message":{"role":"assistant",
            "content":"{{said}}"} }],"usage":{"prompt_tokens":12,"completion_tokens":3,
            "prompt_tokens_details":{"cached_tokens":8} } }
            """
        );

    public void Dispose() => _folder.Dispose();

    private void AddStream(string name, string model, int day, int milliseconds) =>
        Write(
            name,
            $$"""
            {"model":"{{model}}","stream":true,"tools":[{{Weather}},{{Time}}],
            "messages":[{"role":"system","content":"s"},{"role":"user","content":"Weather on day {{day}}?"}]}
            """,
            """
            [{"id":"x","model":"gpt-4o","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c",
            "function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}}]},"finish_reason":"tool_calls"}]},
            {"id":"x","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}]
            """,
            string.Create(
                CultureInfo.InvariantCulture,
                $$""","openai_cassette":{"recorded_at":"2026-11-0{{day}}T10:00:00.250Z","ordinal":1,"status":200,"chunk_offsets_ms":[{{milliseconds}},{{milliseconds + 20}}]}"""
            ),
            isStreaming: true
        );

    private void AddResult() =>
        Write(
            "result.json",
            """
            {"model":"gpt-4o","messages":[{"role":"user","content":"Weather?"},
            {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"weather","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"c","content":"sunny"}]}
            """,
            """{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"It is sunny."}}]}"""
        );

    private string Write(string name, string body, string response, string more = "", bool isStreaming = false) =>
        Add(
            name,
            $$"""
            {"request":{"method":"POST","url":"https://api.openai.com/v1/chat/completions",
            "endpoint":"/v1/chat/completions","body":{{body}}},
            "response":{"body":{{response}},"is_streaming":{{(isStreaming ? "true" : "false")}}}{{more}}}
            """
        );
}
