using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using OpenAICassette.Transcripts;

namespace OpenAICassette;

/// <summary>Writes blocks: paragraphs, headings, lists, quotes, code and tables.</summary>
internal sealed class BlockWriter
{
    /// <summary>The headings of a message are below those of the page: its title, then its turns.</summary>
    private const int HeadingsOfPage = 3;

    private readonly StringBuilder _html;
    private readonly InlineWriter _inlines;
    private bool _hasMarkup;

    /// <summary>Writes to a page.</summary>
    public BlockWriter(StringBuilder html)
    {
        _html = html;
        _inlines = new InlineWriter(html);
    }

    /// <summary>Gets whether what was written is more than paragraphs of text.</summary>
    public bool HasMarkup => _hasMarkup || _inlines.HasMarkup;

    /// <summary>Writes the blocks of a document, a list item or a quote.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="isTight">True for the items of a list without blank lines, whose text is no paragraph.</param>
    public void Write(ContainerBlock blocks, bool isTight = false)
    {
        foreach (var block in blocks)
        {
            _hasMarkup |= block is not ParagraphBlock;
            if (block is ParagraphBlock paragraph && isTight)
            {
                _inlines.Write(paragraph.Inline);
            }
            else
            {
                Write(block);
            }
        }
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                Element("p dir=\"auto\"", "p", () => _inlines.Write(paragraph.Inline));
                break;
            case HeadingBlock heading:
                var name = $"h{Math.Min(heading.Level + HeadingsOfPage, 6).ToString(CultureInfo.InvariantCulture)}";
                Element($"{name} dir=\"auto\"", name, () => _inlines.Write(heading.Inline));
                break;
            case ThematicBreakBlock:
                _html.Append("<hr>\n");
                break;
            case QuoteBlock quote:
                Element("blockquote", "blockquote", () => Write(quote));
                break;
            case ListBlock list:
                List(list);
                break;
            case CodeBlock code:
                var language = code is FencedCodeBlock fenced ? fenced.Info : null;
                _html.CodeBlock(code.Lines.ToString(), language);
                break;
            case Table table:
                Table(table);
                break;
            case LinkReferenceDefinition definition:
                Element("p dir=\"auto\"", "p", () => Definition(definition));
                break;
            case ContainerBlock other:
                Write(other);
                break;
            case LeafBlock other:
                Element("p dir=\"auto\"", "p", () => _html.Text(other.Lines.ToString()));
                break;
        }
    }

    /// <summary>Writes where links lead whose target stands apart, because a message may say nothing else.</summary>
    private void Definition(LinkReferenceDefinition definition)
    {
        _html.Append('[').Text(definition.Label).Append("]: ");
        var url = definition.Url ?? string.Empty;
        _html.Link(url, () => _html.Text(url));
        _html.Append(definition.Title is { Length: > 0 } ? " " : string.Empty).Text(definition.Title);
    }

    private void List(ListBlock list)
    {
        var start =
            list.IsOrdered
            && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number != 1
                ? string.Create(CultureInfo.InvariantCulture, $" start=\"{number}\"")
                : string.Empty;
        var name = list.IsOrdered ? "ol" : "ul";
        Element(name + start, name, () =>
        {
            foreach (var item in list.OfType<ListItemBlock>())
            {
                Element("li dir=\"auto\"", "li", () => Write(item, isTight: !list.IsLoose));
            }
        });
    }

    private void Table(Table table)
    {
        _html.Append("<div class=\"wide\">");
        Element("table", "table", () =>
        {
            foreach (var row in table.OfType<TableRow>())
            {
                Element("tr", "tr", () => Row(table, row));
            }
        });
        _html.Append("</div>\n");
    }

    private void Row(Table table, TableRow row)
    {
        var name = row.IsHeader ? "th" : "td";
        for (var column = 0; column < row.Count; column++)
        {
            var alignment = column < table.ColumnDefinitions.Count ? table.ColumnDefinitions[column].Alignment : null;
            var style = alignment switch
            {
                TableColumnAlign.Center => " class=\"center\"",
                TableColumnAlign.Right => " class=\"right\"",
                _ => string.Empty,
            };
            Element(name + style, name, () => Write((TableCell)row[column], isTight: true));
        }
    }

    private void Element(string opening, string name, Action content)
    {
        _html.Append('<').Append(opening).Append('>');
        content();
        _html.Append("</").Append(name).Append(">\n");
    }
}
