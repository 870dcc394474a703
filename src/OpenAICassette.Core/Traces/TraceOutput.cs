namespace OpenAICassette;

/// <summary>Specifies the form in which traces are written.</summary>
public enum TraceOutput
{
    /// <summary>OpenTelemetry's protocol as JSON: on each line a request to the trace service.</summary>
    Otlp,
}
