namespace OpenAICassette;

/// <summary>Specifies how measured cassettes are grouped.</summary>
public enum MeasureGroup
{
    /// <summary>By the requested model.</summary>
    Model,

    /// <summary>By the endpoint.</summary>
    Endpoint,

    /// <summary>By the on-disk format.</summary>
    Format,

    /// <summary>By the id of the recording test.</summary>
    TestId,

    /// <summary>By the day on which the request was sent, in UTC.</summary>
    Day,
}
