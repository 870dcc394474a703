using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>Lets the pages of OpenAICassette show messages that are written in Markdown.</summary>
public static class MarkdownSupport
{
    /// <summary>Registers the renderer. Call it once, before the first page is rendered.</summary>
    /// <example><code>MarkdownSupport.Enable();
    /// var page = TranscriptRenderer.Render(transcript, TranscriptOutput.Html);</code></example>
    public static void Enable() => MessageHtml.Markdown ??= new MarkdigRenderer();
}
