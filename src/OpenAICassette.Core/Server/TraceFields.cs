namespace OpenAICassette.Server;

/// <summary>
/// Holds the fields that .NET adds to a request that is captured in process. They belong to the capture, so they are
/// neither forwarded nor shown to the caller.
/// </summary>
internal static class TraceFields
{
    /// <summary>Gets the names.</summary>
    public static IReadOnlySet<string> Names { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "traceparent",
            "tracestate",
            "baggage",
            "Request-Id",
            "Correlation-Context",
        };
}
