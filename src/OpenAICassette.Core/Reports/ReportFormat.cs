namespace OpenAICassette;

/// <summary>Who a report of findings is for.</summary>
public enum ReportFormat
{
    /// <summary>SARIF 2.1.0, which code scanning takes.</summary>
    Sarif,

    /// <summary>Workflow commands, which GitHub Actions shows beside the lines.</summary>
    GitHub,

    /// <summary>JUnit's XML, which most build servers take.</summary>
    JUnit,

    /// <summary>A table for people.</summary>
    Markdown,
}
