namespace OpenAICassette;

/// <summary>What the pages of a site are.</summary>
public enum SiteOutput
{
    /// <summary>Pages for a browser that need nothing else.</summary>
    Html,

    /// <summary>Markdown, as GitHub shows it.</summary>
    Markdown,
}
