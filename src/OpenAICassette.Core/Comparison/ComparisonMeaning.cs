using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenAICassette.Comparison;

/// <summary>
/// Says in one line what the differences of a call mean, the most important first, for example: answer reworded; tool
/// get_weather now called with unit=celsius; +38 output tokens.
/// </summary>
internal static partial class ComparisonMeaning
{
    private const int MostParts = 5;
    private const int MostTools = 2;
    private const int LongestValue = 40;
    private const string Declared = " declared differently";
    private static readonly string[] s_declared = [".description", ".parameters"];

    /// <summary>Returns the line.</summary>
    /// <param name="before">The old conversation.</param>
    /// <param name="after">The new conversation.</param>
    /// <param name="differences">The differences that count.</param>
    public static string Of(Conversation before, Conversation after, IReadOnlyList<CassetteDifference> differences)
    {
        // The model that answers normally follows the one that was asked for.
        var asksAnother = differences.Any(difference => difference is { Area: DifferenceArea.Request, Place: "model" });
        var answers = differences
            .Where(difference => difference.Area == DifferenceArea.Answer)
            .Where(difference => difference.Place != "model" || !asksAnother)
            .ToList();
        var others = differences.Where(difference => difference.Area == DifferenceArea.Response).ToList();
        var parts = answers
            .OrderBy(difference => difference.Place != "error")
            .Select(difference => Answer(before, after, difference))
            .Concat(
                differences
                    .Where(difference => difference.Area == DifferenceArea.Request)
                    .Select(difference => Request(before, after, difference))
            )
            .Concat(Usage(before, after, others))
            .Distinct()
            .ToList();
        Group(parts);
        var unnamed = others.Count(difference => !IsCount(difference.Place));
        if (unnamed > 0)
        {
            parts.Add($"{TranscriptRenderer.Count(unnamed, "other member")} of the response");
        }

        var line = string.Join("; ", parts.Take(MostParts));
        return parts.Count > MostParts
            ? string.Create(CultureInfo.InvariantCulture, $"{line}; and {parts.Count - MostParts} more")
            : line;
    }

    /// <summary>Replaces what is said of several tools by their number.</summary>
    private static void Group(List<string> parts)
    {
        var first = parts.FindIndex(part => part.EndsWith(Declared, StringComparison.Ordinal));
        var count = parts.Count(part => part.EndsWith(Declared, StringComparison.Ordinal));
        if (count > MostTools)
        {
            parts.RemoveAll(part => part.EndsWith(Declared, StringComparison.Ordinal));
            parts.Insert(first, $"{TranscriptRenderer.Count(count, "tool")}{Declared}");
        }
    }

    private static string Answer(Conversation before, Conversation after, CassetteDifference difference)
    {
        var place = difference.Place;
        return place switch
        {
            "model" => Change("model", difference),
            "error" => difference.New is null ? "no longer fails"
            : difference.Old is null ? $"now fails with {Short(difference.New)}"
            : "fails with another error",
            _ when ToolCall().Match(place) is { Success: true } call => Call(before, after, call, difference),
            _ when place.EndsWith(".content", StringComparison.Ordinal) => Text("answer", difference),
            _ when place.EndsWith(".refusal", StringComparison.Ordinal) => difference.Old is null ? "now refused"
            : difference.New is null ? "no longer refused"
            : "refusal reworded",
            _ when place.EndsWith(".reasoning", StringComparison.Ordinal) => Text("reasoning", difference),
            _ when place.EndsWith(".finish_reason", StringComparison.Ordinal) => Change("finish", difference),
            _ when place.EndsWith(".logprobs", StringComparison.Ordinal) => "other log probabilities",
            _ when difference.Old is null => "one more answer",
            _ when difference.New is null => "one answer fewer",
            _ => $"answer: {Conversations.Shortened.To(place, LongestValue)} differs",
        };
    }

    private static string Call(Conversation before, Conversation after, Match place, CassetteDifference difference)
    {
        var member = place.Groups["member"].Value;
        var name = NameOf(after, place) ?? NameOf(before, place) ?? "?";
        if (member.Length > 0)
        {
            var value = difference.New is null ? $"without {member}" : $"with {member}={Short(difference.New)}";
            return $"tool {name} now called {value}";
        }

        return difference.Old is null ? $"tool {name} now called"
            : difference.New is null ? $"tool {NameOf(before, place)} no longer called"
            : difference.Place.EndsWith(".arguments", StringComparison.Ordinal)
                ? $"tool {name} called with other arguments"
            : $"tool {name} called instead of {NameOf(before, place)}";
    }

    private static string? NameOf(Conversation conversation, Match place)
    {
        static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);
        return conversation
            .Choices.ElementAtOrDefault(Number(place.Groups["choice"]))
            ?.Message.ToolCalls.ElementAtOrDefault(Number(place.Groups["call"]))
            ?.Name;
    }

    private static string Request(Conversation before, Conversation after, CassetteDifference difference)
    {
        var place = difference.Place;
        if (place.StartsWith("tools.", StringComparison.Ordinal))
        {
            // Places below a tool end in what was declared of it.
            var declared = s_declared
                .Select(part => place.IndexOf(part, StringComparison.Ordinal))
                .Where(at => at > 0)
                .DefaultIfEmpty(place.Length)
                .Min();
            var name = place["tools.".Length..declared];
            return declared < place.Length ? $"tool {name}{Declared}"
                : difference.Old is null ? $"tool {name} offered"
                : difference.New is null ? $"tool {name} no longer offered"
                : $"tool {name}{Declared}";
        }

        if (MessagePlace().Match(place) is not { Success: true } message)
        {
            return Change(place, difference);
        }

        var index = int.Parse(message.Groups["index"].Value, CultureInfo.InvariantCulture);
        var isWhole = message.Length == place.Length;
        var conversation = difference.New is null ? before : after;
        var role = conversation.Messages.ElementAtOrDefault(index)?.Role ?? "message";
        var noun = role switch
        {
            "user" => "question",
            "system" or "developer" => "instructions",
            "tool" or "function" => "tool result",
            "assistant" => "earlier answer",
            _ => $"message of {role}",
        };
        return isWhole && difference.Old is null ? $"{noun} added"
            : isWhole && difference.New is null ? $"{noun} removed"
            : place.EndsWith(".content", StringComparison.Ordinal) ? Text(noun, difference)
            : $"{noun} changed";
    }

    /// <summary>Returns by how many tokens the calls differ, if a count of the response does.</summary>
    private static IEnumerable<string> Usage(
        Conversation before,
        Conversation after,
        List<CassetteDifference> differences
    )
    {
        if (!differences.Exists(difference => IsUsage(difference.Place)))
        {
            yield break;
        }

        var (old, now) = (before.Usage, after.Usage);
        foreach (
            var (count, name) in new[]
            {
                (now?.PromptTokens - old?.PromptTokens, "input"),
                (now?.CompletionTokens - old?.CompletionTokens, "output"),
            }
        )
        {
            if (count is { } tokens && tokens != 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{tokens:+#,0;-#,0} {name} tokens");
            }
        }
    }

    private static bool IsCount(string place) => place is "chunks" or "seconds" || IsUsage(place);

    private static bool IsUsage(string place) =>
        place.Contains("usage", StringComparison.OrdinalIgnoreCase)
        || place.Contains("_count", StringComparison.Ordinal)
        || place.Contains("tokens", StringComparison.OrdinalIgnoreCase);

    private static string Text(string noun, CassetteDifference difference) =>
        string.IsNullOrEmpty(difference.Old) ? $"{noun} now has text"
        : string.IsNullOrEmpty(difference.New) ? $"{noun} no longer has text"
        : difference.Words.Count > 0 ? $"{noun} reworded"
        : $"{noun} replaced";

    private static string Change(string name, CassetteDifference difference) =>
        difference.Old is null ? $"{name} now {Short(difference.New!)}"
        : difference.New is null ? $"{name} no longer given"
        : $"{name} {Short(difference.Old)} → {Short(difference.New)}";

    private static string Short(string value) =>
        Conversations.Shortened.To(value.ReplaceLineEndings(" ").Trim('"'), LongestValue);

    [GeneratedRegex(@"^choices\[(?<choice>\d+)\]\.tool_calls\[(?<call>\d+)\](?:\.arguments\.?(?<member>.*))?$")]
    private static partial Regex ToolCall();

    [GeneratedRegex(@"^messages\[(?<index>\d+)\]")]
    private static partial Regex MessagePlace();
}
