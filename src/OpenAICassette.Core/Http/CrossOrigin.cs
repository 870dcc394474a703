using System.Text;
using OpenAICassette.Text;

namespace OpenAICassette.Http;

/// <summary>
/// Allows scripts of another origin to use the server (CORS in the Fetch standard). Without an origin, no header is
/// sent.
/// </summary>
internal sealed class CrossOrigin
{
    private const string RequestMethod = "Access-Control-Request-Method";
    private const string Any = "*";

    private readonly string? _allowed;

    /// <summary>Prepares the header lines.</summary>
    /// <param name="origin">The origin, or <c>*</c>; null for none.</param>
    /// <exception cref="ArgumentException">The origin is not valid in a header field.</exception>
    public CrossOrigin(string? origin)
    {
        _allowed = origin;
        if (origin is null)
        {
            return;
        }

        var fields = new ByteBuilder(128);
        ResponseHead.WriteField(fields, "Access-Control-Allow-Origin", origin);
        ResponseHead.WriteField(fields, "Access-Control-Expose-Headers", "*");
        if (origin != Any)
        {
            ResponseHead.WriteField(fields, "Vary", "Origin");
        }

        Fields = fields.ToArray();
    }

    /// <summary>Gets the header lines of every answer; empty if no origin is allowed.</summary>
    public byte[] Fields { get; } = [];

    /// <summary>
    /// Returns whether a browser sent a request for a page of another origin than the server's own and the allowed one.
    /// Such a page can send simple requests without a preflight; it only cannot read the answers.
    /// </summary>
    /// <param name="headers">The request's fields.</param>
    public bool IsForeign(HttpHeaders headers)
    {
        if (_allowed == Any)
        {
            return false;
        }

        if (headers["Origin"] is { } origin)
        {
            var host = headers["Host"];
            return origin != _allowed && !IsSame(origin, $"http://{host}") && !IsSame(origin, $"https://{host}");
        }

        // Images and links are requested without an origin.
        return headers["Sec-Fetch-Site"] is not (null or "same-origin" or "none");
    }

    /// <summary>
    /// Returns the answer to a preflight request; null for any other request, which the handler answers.
    /// </summary>
    /// <param name="head">The request.</param>
    public RenderedResponse? AnswerPreflight(RequestHead head)
    {
        if (
            _allowed is null
            || head.Method != "OPTIONS"
            || !head.Headers.Contains("Origin")
            || !head.Headers.Contains(RequestMethod)
        )
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>
        {
            new("Access-Control-Allow-Methods", Encoding.Latin1.GetString(head.Headers.Bytes(RequestMethod))),
            new("Access-Control-Max-Age", "600"),
        };

        // The names are listed because a star does not cover Authorization.
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

    private static bool IsSame(string origin, string own) => origin.Equals(own, StringComparison.OrdinalIgnoreCase);
}
