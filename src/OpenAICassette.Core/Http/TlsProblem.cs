namespace OpenAICassette.Http;

/// <summary>Describes why a client did not accept TLS with a certificate of this run.</summary>
internal static class TlsProblem
{
    /// <summary>The description of a connection that the client closed before it sent anything.</summary>
    public const string NoRequest =
        "the program sent no request on its connection; it may not trust the certificate of this run";

    /// <summary>Returns the description of a handshake that failed.</summary>
    public static string Describe(Exception e) =>
        e is OperationCanceledException ? "the TLS handshake took too long"
        // OpenSSL: no application protocol; SChannel: SEC_E_APPLICATION_PROTOCOL_MISMATCH.
        : e.ToString().Contains("application protocol", StringComparison.OrdinalIgnoreCase)
        || e.ToString().Contains("80090367", StringComparison.Ordinal)
            ? "the program accepts only HTTP/2 here, as gRPC does, which is not supported"
        : "the TLS handshake failed; the program may not trust the certificate of this run";
}
