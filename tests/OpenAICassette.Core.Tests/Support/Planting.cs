using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAICassette.Tests;

/// <summary>A recording into which one secret was planted, and what a redactor makes of it.</summary>
internal sealed class Planting
{
    private const string Mark = "%SECRET%";

    private Planting(Cassette cassette, RedactionResult result)
    {
        Bytes = cassette.Read().ToArray();
        Result = result;
    }

    /// <summary>The recording's bytes with the secret.</summary>
    public byte[] Bytes { get; }

    /// <summary>What the redactor gave back.</summary>
    public RedactionResult Result { get; }

    /// <summary>The bytes without the secret.</summary>
    public byte[] Clean => Result.Cassette.Read().ToArray();

    /// <summary>Plants a secret in the text of a message.</summary>
    /// <param name="text">The text, with %SECRET% where the secret goes.</param>
    /// <param name="secret">The secret.</param>
    public static Planting InText(string text, string secret) =>
        Of(
            new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }) },
            secret
        );

    /// <summary>Plants a secret in a request's header.</summary>
    public static Planting InHeader(string name, string value, string secret) =>
        Of(new JsonObject(), secret, (name, value));

    /// <summary>Plants a secret wherever the mark stands in a body.</summary>
    public static Planting Of(JsonObject body, string secret, (string Name, string Value)? header = null)
    {
        var headers = new JsonObject();
        if (header is { } field)
        {
            headers[field.Name] = field.Value;
        }

        var recording = new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["method"] = "POST",
                ["url"] = "https://api.example.com/v1/x",
                ["headers"] = headers,
                ["body"] = body,
            },
            ["response"] = new JsonObject { ["body"] = "unchanged é\u00e9 \"quoted\"", ["is_streaming"] = false },
        };

        // The secret's characters need no escape, so it stands in the file as it is.
        var json = recording
            .ToJsonString(new JsonSerializerOptions { WriteIndented = true })
            .Replace(Mark, secret, StringComparison.Ordinal);
        var cassette = BuiltCassette.Open(json);
        return new Planting(cassette, new Redactor().Redact(cassette));
    }

    /// <summary>
    /// Fails unless the secret's bytes, and only they, were replaced by a placeholder of a rule, and a second run finds
    /// nothing.
    /// </summary>
    public Finding AssertOnlyReplaced(string secret, string rule)
    {
        var finding = Assert.Single(Result.Findings);
        Assert.Equal(rule, finding.Rule);
        Assert.StartsWith(
            $"REDACTED_{rule.Replace('-', '_').ToUpperInvariant()}_",
            finding.Placeholder,
            StringComparison.Ordinal
        );
        var start = Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret));
        byte[] expected =
        [
            .. Bytes.AsSpan(0, start),
            .. Encoding.UTF8.GetBytes(finding.Placeholder!),
            .. Bytes.AsSpan(start + secret.Length),
        ];
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(Clean));
        AssertCleanAgain();
        return finding;
    }

    /// <summary>Fails unless a second run finds nothing and changes nothing.</summary>
    public void AssertCleanAgain()
    {
        var again = new Redactor().Redact(Result.Cassette);
        Assert.Empty(again.Findings);
        Assert.Same(Result.Cassette, again.Cassette);
    }
}
