using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>Renders Markdown as HTML.</summary>
/// <remarks>
/// The renderer is in an assembly of its own, OpenAICassette.Markdown, because Core depends on no package.
/// <see cref="MessageHtml.Markdown"/> leads to it.
/// </remarks>
internal interface IMarkdownRenderer
{
    /// <summary>
    /// Appends a message as HTML in which everything that was recorded is text, and a link leads only to http, https,
    /// mailto or a fragment. Nothing in it is loaded or run.
    /// </summary>
    /// <param name="html">The page.</param>
    /// <param name="markdown">The message.</param>
    /// <returns>False if the message has no markup, or cannot be rendered; then nothing is appended.</returns>
    bool TryAppend(StringBuilder html, string markdown);
}
