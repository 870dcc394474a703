using System.Runtime.CompilerServices;
using System.Text;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Hosting;

/// <summary>Loads the renderer of Markdown with its parser when the first page is rendered.</summary>
internal static class MarkdownLoader
{
#pragma warning disable CA2255 // PowerShell loads this assembly as a program loads a plug-in; nothing refers to it.
    /// <summary>Registers the renderer, before the first member of this assembly is used.</summary>
    [ModuleInitializer]
    internal static void Register() => MessageHtml.Markdown ??= new LoadedOnUse();
#pragma warning restore CA2255

    private sealed class LoadedOnUse : IMarkdownRenderer
    {
        private static readonly OptionalAssembly s_assembly = new("OpenAICassette.Markdown", "markdown");

        private readonly Lazy<IMarkdownRenderer> _renderer = s_assembly.OnUse<IMarkdownRenderer>(
            "OpenAICassette.MarkdigRenderer"
        );

        public bool TryAppend(StringBuilder html, string markdown) => _renderer.Value.TryAppend(html, markdown);
    }
}
