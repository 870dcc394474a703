namespace OpenAICassette;

/// <summary>Specifies the format of a report of findings.</summary>
public enum ReportFormat
{
    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,

    /// <summary>Workflow commands, which GitHub Actions shows as annotations.</summary>
    GitHub,

    /// <summary>JUnit XML, for build servers.</summary>
    JUnit,

    /// <summary>A Markdown table, for pull requests and job summaries.</summary>
    Markdown,

    /// <summary>A self-contained page for a browser, with comparisons side by side.</summary>
    Html,
}
