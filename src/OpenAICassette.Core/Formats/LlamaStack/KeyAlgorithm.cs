namespace OpenAICassette;

/// <summary>
/// How a recording's key is computed. The recorder changed this many times without saying so in the files.
/// </summary>
public enum KeyAlgorithm
{
    /// <summary>Method, endpoint and body as they are.</summary>
    H1,

    /// <summary>With the test's id, but for lists of models.</summary>
    H2,

    /// <summary>With decimals, in numbers and in texts, at five places.</summary>
    H3,

    /// <summary>Without the test's id for one more endpoint that lists models.</summary>
    H3b,

    /// <summary>Without the stream options of requests to Bedrock.</summary>
    H4,

    /// <summary>Without the project ids in extra bodies and queries.</summary>
    H5,

    /// <summary>With what file searches return masked: scores, attributes, document ids and citations.</summary>
    H6,

    /// <summary>Without the test's id for every path that ends in /models.</summary>
    H6b,

    /// <summary>
    /// The test's id is null for lists of models that all tests share, and no longer left out: the paths of H3b, and
    /// any that ends in /models on another machine.
    /// </summary>
    H6c,

    /// <summary>
    /// The lists that all tests share are /v1/models, /info, and any path that ends in /models on another machine. In
    /// force for SDK calls.
    /// </summary>
    H7,

    /// <summary>Raw HTTP: method, payload as in H4, test id and the full URL.</summary>
    Http4,

    /// <summary>Raw HTTP with the payload as in H5.</summary>
    Http5,

    /// <summary>Raw HTTP with the payload as in H6. In force for raw HTTP.</summary>
    Http6,

    /// <summary>A tool's provider, name and arguments.</summary>
    Tool,
}
