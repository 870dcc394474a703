using System.Text;
using System.Text.Json;

namespace OpenAICassette.Tests;

/// <summary>An answer as it came over the wire, without its framing.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? this[string name] =>
        Headers
            .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .SingleOrDefault();

    /// <summary>The message of an error of the server's own.</summary>
    public string ErrorMessage()
    {
        using var json = JsonDocument.Parse(Body);
        var error = json.RootElement.GetProperty("error");
        Assert.Equal(Status >= 500 ? "server_error" : "invalid_request_error", error.GetProperty("type").GetString());
        return error.GetProperty("message").GetString()!;
    }
}
