using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using OpenAICassette.Formats.LlamaStack.Keys;
using OpenAICassette.Json;

namespace OpenAICassette;

/// <summary>The key of a request: the hash by which the recorder names and finds a recording.</summary>
public static class RecordingKey
{
    /// <summary>The key of an SDK call.</summary>
    /// <param name="method">The method as recorded; SDK calls are always recorded as POST.</param>
    /// <param name="url">The URL as recorded.</param>
    /// <param name="body">The body.</param>
    /// <param name="testId">The id of the test; null outside any test.</param>
    /// <param name="algorithm">One of <see cref="KeyAlgorithm.H1"/> to <see cref="KeyAlgorithm.H6"/>.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string OfCall(string method, string url, JsonValue body, string? testId, KeyAlgorithm algorithm = KeyAlgorithm.H6)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        var rules = KeyRules.Of(algorithm);
        rules = rules with { DropsStreamOptions = rules.DropsStreamOptions && Authority(url).Contains("bedrock", StringComparison.Ordinal) };
        var path = Formats.LlamaStack.UrlPath.Of(url);
        var isOfTest = algorithm != KeyAlgorithm.H1 && path is not ("/api/tags" or "/v1/models")
            && !(algorithm >= KeyAlgorithm.H3b && path == "/v1/openai/v1/models");

        var text = new ArrayBufferWriter<byte>();
        Member(text, "{\"body\": ", body, rules);
        Member(text, ", \"endpoint\": ", path);
        Member(text, ", \"method\": ", method.ToUpperInvariant());
        if (isOfTest)
        {
            Member(text, ", \"test_id\": ", testId);
        }

        return Hash(text);
    }

    /// <summary>The key of a raw HTTP request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The full URL.</param>
    /// <param name="payload">The JSON that was sent.</param>
    /// <param name="testId">The id of the test; null outside any test.</param>
    /// <param name="algorithm">One of <see cref="KeyAlgorithm.Http4"/> to <see cref="KeyAlgorithm.Http6"/>.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string OfHttp(string method, string url, JsonValue payload, string? testId, KeyAlgorithm algorithm = KeyAlgorithm.Http6)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        var text = new ArrayBufferWriter<byte>();
        Member(text, "{\"method\": ", method.ToUpperInvariant());
        Member(text, ", \"payload\": ", payload, KeyRules.Of(algorithm));
        Member(text, ", \"test_id\": ", testId);
        Member(text, ", \"url\": ", url);
        return Hash(text);
    }

    /// <summary>The key of a tool call.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="toolName">The tool.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string OfTool(string provider, string toolName, JsonValue arguments)
    {
        var text = new ArrayBufferWriter<byte>();
        Member(text, "{\"kwargs\": ", arguments, KeyRules.Of(KeyAlgorithm.Tool));
        Member(text, ", \"provider\": ", provider);
        Member(text, ", \"tool_name\": ", toolName);
        return Hash(text);
    }

    private static void Member(ArrayBufferWriter<byte> text, string start, JsonValue value, KeyRules rules)
    {
        Encoding.ASCII.GetBytes(start, text);
        if (value.Exists)
        {
            new KeyText(text, rules).Write(value);
        }
        else
        {
            text.Write("null"u8);
        }
    }

    private static void Member(ArrayBufferWriter<byte> text, string start, string? value)
    {
        Encoding.ASCII.GetBytes(start, text);
        if (value is null)
        {
            text.Write("null"u8);
        }
        else
        {
            AsciiString.Write(text, value);
        }
    }

    private static string Hash(ArrayBufferWriter<byte> text)
    {
        text.Write("}"u8);
        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
    }

    /// <summary>Host and port of a URL; nothing for one without a scheme.</summary>
    private static string Authority(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var end = scheme < 0 ? -1 : url.AsSpan(scheme + 3).IndexOfAny('/', '?', '#');
        return scheme < 0 ? string.Empty : end < 0 ? url[(scheme + 3)..] : url.Substring(scheme + 3, end);
    }
}
