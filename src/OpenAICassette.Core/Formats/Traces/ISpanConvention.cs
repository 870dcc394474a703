namespace OpenAICassette.Formats.Traces;

/// <summary>Reads the calls of models in spans that follow one set of names.</summary>
internal interface ISpanConvention
{
    /// <summary>Returns whether a span is of a call of a model.</summary>
    bool IsCall(TraceSpan span);

    /// <summary>Returns the facts of a call, without its times, ids and error.</summary>
    TracedCall Describe(TraceSpan span);

    /// <summary>Returns what a call said.</summary>
    SpanContent Read(TraceSpan span);
}
