using System.Text;
using System.Text.Json;

namespace OpenAICassette.Benchmarks;

/// <summary>Recordings that are the same on every machine: the shipped example, and made ones of other kinds.</summary>
internal static class SpeedCorpus
{
    /// <summary>Half of them are streams; the others are long chats, calls of tools and vectors of numbers.</summary>
    private const int Files = 1800;

    private static readonly string[] s_words =
        "the capital of a country is where its government sits and most people live close to rivers or at the sea".Split(
            ' '
        );

    /// <summary>Makes the recordings in a folder and returns how many there are.</summary>
    public static int Make(string folder)
    {
        var example = File.ReadAllText(Path.Join(AppContext.BaseDirectory, "capitals.json"));
        for (var i = 0; i < Files; i++)
        {
            var directory = Directory.CreateDirectory(Path.Join(folder, $"suite-{i % 12}"));
            File.WriteAllText(Path.Join(directory.FullName, $"recording-{i}.json"), Recording(i, example));
        }

        return Files;
    }

    private static string Recording(int index, string example) =>
        (index % 6) switch
        {
            0 or 2 or 4 => example.Replace("what teams are", $"{index}: what teams are", StringComparison.Ordinal),
            1 => Chat(index, Reply(Text(index, 600))),
            3 => Chat(index, ToolCall(index)),
            _ => Vector(index),
        };

    private static string Chat(int index, object message) =>
        JsonSerializer.Serialize(
            new
            {
                request = new
                {
                    method = "POST",
                    url = "http://localhost/v1/chat/completions",
                    headers = new { },
                    body = new
                    {
                        model = "m",
                        messages = new[]
                        {
                            new { role = "system", content = Text(index, 150) },
                            new { role = "user", content = $"Question {index}: {Text(index + 1, 250)}" },
                        },
                        temperature = 0.5,
                    },
                    endpoint = "/v1/chat/completions",
                    model = "m",
                },
                response = new
                {
                    body = new
                    {
                        id = $"chat-{index}",
                        @object = "chat.completion",
                        created = 1700000000 + index,
                        model = "m",
                        choices = new[]
                        {
                            new
                            {
                                index = 0,
                                message,
                                finish_reason = "stop",
                            },
                        },
                        usage = new
                        {
                            prompt_tokens = 400,
                            completion_tokens = 600,
                            total_tokens = 1000,
                        },
                    },
                    is_streaming = false,
                },
            }
        );

    private static object Reply(string content) => new { role = "assistant", content };

    private static object ToolCall(int index) =>
        new
        {
            role = "assistant",
            tool_calls = new[]
            {
                new
                {
                    id = $"call-{index}",
                    type = "function",
                    function = new
                    {
                        name = "find_place",
                        arguments = JsonSerializer.Serialize(new { query = Text(index, 200), limit = index }),
                    },
                },
            },
        };

    private static string Vector(int index) =>
        JsonSerializer.Serialize(
            new
            {
                request = new
                {
                    method = "POST",
                    url = "http://localhost/v1/embeddings",
                    headers = new { },
                    body = new { model = "e", input = Text(index, 80) },
                    endpoint = "/v1/embeddings",
                    model = "e",
                },
                response = new
                {
                    body = new
                    {
                        @object = "list",
                        data = new[]
                        {
                            new
                            {
                                index = 0,
                                embedding = Enumerable.Range(1, 768).Select(n => Math.Sin(n * (index + 1))),
                            },
                        },
                        model = "e",
                    },
                    is_streaming = false,
                },
            }
        );

    private static string Text(int seed, int words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
        {
            // Neighbours share few words, as in text that people write; each ninth word has an escape when it is JSON.
            text.Append(s_words[(seed + (i * i)) % s_words.Length]).Append(i % 9 == 8 ? '\n' : ' ');
        }

        return text.ToString();
    }
}
