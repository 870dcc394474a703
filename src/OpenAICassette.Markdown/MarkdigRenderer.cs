using System.Text;
using Markdig;
using Markdig.Syntax;
using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>
/// Parses messages with Markdig and writes the HTML itself, so that only the elements named here can occur in a page.
/// </summary>
internal sealed class MarkdigRenderer : IMarkdownRenderer
{
    /// <summary>Longer messages are shown as they were recorded.</summary>
    private const int Longest = 200_000;

    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseTaskLists()
        .UseAutoLinks()
        .Build();

    /// <inheritdoc/>
    public bool TryAppend(StringBuilder html, string markdown)
    {
        if (markdown.Length > Longest || Parsed(markdown) is not { } document)
        {
            return false;
        }

        var start = html.Length;
        var writer = new BlockWriter(html);
        writer.Write(document);
        if (!writer.HasMarkup)
        {
            html.Length = start;
        }

        return writer.HasMarkup;
    }

    private static MarkdownDocument? Parsed(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, s_pipeline);
        }
        catch (ArgumentException)
        {
            // The parser refuses elements that are nested too deeply.
            return null;
        }
    }
}
