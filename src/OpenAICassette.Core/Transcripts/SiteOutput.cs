namespace OpenAICassette;

/// <summary>Specifies the format of the pages of a site.</summary>
public enum SiteOutput
{
    /// <summary>Self-contained pages for a browser.</summary>
    Html,

    /// <summary>Markdown, for GitHub.</summary>
    Markdown,
}
