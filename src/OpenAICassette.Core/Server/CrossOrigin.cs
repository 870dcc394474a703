using System.Text;
using OpenAICassette.Json;

namespace OpenAICassette.Server;

/// <summary>Lets scripts of another origin use the server (CORS, as the Fetch standard has it). Without an origin it says nothing at all.</summary>
internal sealed class CrossOrigin
{
    private const string RequestMethod = "Access-Control-Request-Method";
    private readonly bool _isAllowed;

    /// <summary>Prepares what is said.</summary>
    /// <param name="origin">The origin, or <c>*</c>; null for none.</param>
    /// <exception cref="ArgumentException">The origin cannot stand in a header field.</exception>
    public CrossOrigin(string? origin)
    {
        _isAllowed = origin is not null;
        if (origin is null)
        {
            return;
        }

        var fields = new ByteBuilder(128);
        ResponseHead.WriteField(fields, "Access-Control-Allow-Origin", origin);
        ResponseHead.WriteField(fields, "Access-Control-Expose-Headers", "*");
        if (origin != "*")
        {
            ResponseHead.WriteField(fields, "Vary", "Origin");
        }

        Fields = fields.ToArray();
    }

    /// <summary>The header lines that every answer gets; empty where nothing is allowed.</summary>
    public byte[] Fields { get; } = [];

    /// <summary>The answer to a browser that asks before it sends; null for any other request, which the handler answers.</summary>
    /// <param name="head">The request.</param>
    public RenderedResponse? AnswerPreflight(RequestHead head)
    {
        if (!_isAllowed || head.Method != "OPTIONS" || !head.Headers.Contains("Origin") || !head.Headers.Contains(RequestMethod))
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>
        {
            new("Access-Control-Allow-Methods", Encoding.Latin1.GetString(head.Headers.Bytes(RequestMethod))),
            new("Access-Control-Max-Age", "600"),
        };

        // Named one by one: a star would not stand for Authorization.
        if (head.Headers["Access-Control-Request-Headers"] is { } asked)
        {
            headers.Add(new("Access-Control-Allow-Headers", asked));
        }

        if (head.Headers.Contains("Access-Control-Request-Private-Network"))
        {
            headers.Add(new("Access-Control-Allow-Private-Network", "true"));
        }

        return RenderedResponse.Create(204, headers, default);
    }
}
