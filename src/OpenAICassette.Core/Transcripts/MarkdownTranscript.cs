using System.Text;

namespace OpenAICassette.Transcripts;

/// <summary>
/// Markdown as GitHub shows it. What was said stands in block quotes, whose end also ends any code fence or list inside, and with
/// <c>&lt;</c> escaped, so that no message can break out of its place.
/// </summary>
internal static class MarkdownTranscript
{
    /// <summary>Renders a transcript, without a final line end.</summary>
    public static string Render(Transcript transcript)
    {
        var text = new StringBuilder();
        foreach (var turn in transcript.Turns)
        {
            Block(text, $"**{Escape(turn.Role)}**");
            Turn(text, turn.Message);
        }

        if (transcript.Error is { } error)
        {
            Block(text, "**error**");
            Quote(text, error.ToString());
        }

        if (TranscriptRenderer.Footer(transcript) is { Length: > 0 } footer)
        {
            Block(text, $"_{Escape(footer)}_");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void Turn(StringBuilder text, Message message)
    {
        if (message.Reasoning is { } reasoning)
        {
            Block(text, "_reasoning_");
            Quote(text, reasoning);
        }

        foreach (var part in message.Parts)
        {
            Part(text, part);
        }

        if (message.Refusal is { } refusal)
        {
            Block(text, "_refusal_");
            Quote(text, refusal);
        }

        foreach (var call in message.ToolCalls)
        {
            Block(text, $"_calls_ {Escape(call.Name)}");
            Fence(text, "json", call.Arguments);
        }
    }

    private static void Part(StringBuilder text, ContentPart part)
    {
        var isLink = part.Value.StartsWith("https://", StringComparison.Ordinal) || part.Value.StartsWith("http://", StringComparison.Ordinal);
        switch (part.Kind)
        {
            case ContentPartKind.Text:
                Quote(text, part.Value);
                break;
            case ContentPartKind.Json:
                Block(text, $"_{Escape(part.Label ?? "json")}_");
                Fence(text, "json", part.Value);
                break;
            default:
                var name = part.Kind.ToString().ToLowerInvariant();
                Quote(text, isLink ? $"[{name}]({Target(part.Value)})" : part.ToString(), isMarkdown: isLink);
                break;
        }
    }

    private static void Block(StringBuilder text, string line) => text.Append(line).Append("\n\n");

    private static void Quote(StringBuilder text, string said, bool isMarkdown = false)
    {
        foreach (var line in said.ReplaceLineEndings("\n").Split('\n'))
        {
            text.Append("> ").Append(isMarkdown ? line : line.Replace("<", "&lt;", StringComparison.Ordinal)).Append('\n');
        }

        text.Append('\n');
    }

    /// <summary>A code block whose fence is longer than any run of back-ticks inside.</summary>
    private static void Fence(StringBuilder text, string language, string code)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        text.Append(fence).Append(language).Append('\n').Append(code).Append('\n').Append(fence).Append("\n\n");
    }

    private static string Target(string url)
        => url.Replace("\\", "%5C", StringComparison.Ordinal).Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)
            .Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)
            .ReplaceLineEndings(string.Empty).Replace(" ", "%20", StringComparison.Ordinal);

    private static string Escape(string word)
    {
        var escaped = new StringBuilder();
        foreach (var unit in word.ReplaceLineEndings(" "))
        {
            escaped.Append(unit is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '|' or '&' or '~' ? $"\\{unit}" : $"{unit}");
        }

        return escaped.ToString();
    }
}
