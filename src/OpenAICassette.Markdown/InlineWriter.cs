using System.Text;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax.Inlines;
using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>Writes what stands in a line: text, emphasis, code and links.</summary>
/// <param name="html">The page.</param>
internal sealed class InlineWriter(StringBuilder html)
{
    /// <summary>Gets whether what was written is more than text.</summary>
    public bool HasMarkup { get; private set; }

    /// <summary>Writes the content of a paragraph, a heading or an emphasis.</summary>
    public void Write(ContainerInline? inlines)
    {
        foreach (var inline in inlines ?? [])
        {
            HasMarkup |= inline is not (LiteralInline or LineBreakInline { IsHard: false });
            Write(inline);
        }
    }

    private void Write(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                html.Text(literal.Content.ToString());
                break;
            case LineBreakInline:
                html.Append("<br>\n");
                break;
            case CodeInline code:
                html.Append("<code>").Text(code.Content).Append("</code>");
                break;
            case EmphasisInline emphasis:
                var name =
                    emphasis.DelimiterChar == '~' ? "del"
                    : emphasis.DelimiterCount > 1 ? "strong"
                    : "em";
                html.Append('<').Append(name).Append('>');
                Write(emphasis);
                html.Append("</").Append(name).Append('>');
                break;
            case LinkInline link:
                Link(link);
                break;
            case AutolinkInline link:
                var target = link.IsEmail ? $"mailto:{link.Url}" : link.Url;
                html.Link(target, () => html.Text(link.Url));
                break;
            case HtmlEntityInline entity:
                html.Text(entity.Transcoded.ToString());
                break;
            case TaskList task:
                html.Append(task.Checked ? "☑" : "☐");
                break;
            case DelimiterInline delimiter:
                html.Text(delimiter.ToLiteral());
                Write((ContainerInline)delimiter);
                break;
            case ContainerInline container:
                Write(container);
                break;
            default:
                html.Text(inline.ToString());
                break;
        }
    }

    /// <summary>Writes a link; an image becomes one too, because a page loads nothing.</summary>
    private void Link(LinkInline link)
    {
        var url = link.GetDynamicUrl?.Invoke() ?? link.Url ?? string.Empty;
        html.Link(url, () =>
        {
            if (link.IsImage)
            {
                html.Append("<small>image</small> ");
            }

            if (link.FirstChild is null)
            {
                html.Text(url);
            }
            else
            {
                Write((ContainerInline)link);
            }
        });
    }
}
