namespace OpenAICassette.Reports;

/// <summary>How much an entry of a report matters.</summary>
internal enum ReportLevel
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something to mend.</summary>
    Error,
}
