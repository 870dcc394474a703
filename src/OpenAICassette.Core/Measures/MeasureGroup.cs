namespace OpenAICassette;

/// <summary>By what measured cassettes are grouped.</summary>
public enum MeasureGroup
{
    /// <summary>By the model that was asked for.</summary>
    Model,

    /// <summary>By the endpoint.</summary>
    Endpoint,

    /// <summary>By the on-disk format.</summary>
    Format,

    /// <summary>By the id of the recording test.</summary>
    TestId,
}
