using System.Text.RegularExpressions;

namespace OpenAICassette.Tests;

/// <summary>
/// What is known of a provider is in Apis: no other folder looks for the members that only one API has.
/// </summary>
public partial class ProviderNameTests
{
    private static readonly string[] s_members =
    [
        "choices",
        "candidates",
        "usageMetadata",
        "usage_metadata",
        "prompt_tokens",
        "prompt_eval_count",
        "event_type",
        "function_call",
        "functionCall",
        "functionResponse",
        "finish_reason",
        "stop_reason",
        "done_reason",
        "partial_json",
        "output_text",
        "message_start",
        "message_delta",
        "content_block",
        "content_block_start",
        "content_block_delta",
        "message-start",
        "content-delta",
        "tool-call-delta",
        "message-end",
        "tool_plan",
        "messageStart",
        "contentBlockDelta",
        "toolUse",
        "toolUseId",
        "stopReason",
        "inputTokens",
        "tool_use_id",
        "previous_response_id",
        "functionDeclarations",
        "system_instruction",
        "systemInstruction",
    ];

    [Fact]
    public void No_folder_but_Apis_names_the_members_of_a_provider()
    {
        var found =
            from file in SourceFiles.All
            where !file.Folder.StartsWith("Apis", StringComparison.Ordinal)
            from Match text in Literal().Matches(File.ReadAllText(file.Path))
            where s_members.Contains(text.Groups["text"].Value)
            select $"{file.Folder}: {Path.GetFileName(file.Path)} names {text.Value}";
        Assert.Empty(found);
    }

    [Fact]
    public void Every_name_is_in_Apis()
    {
        var apis = string.Concat(
            SourceFiles
                .All.Where(file => file.Folder.StartsWith("Apis", StringComparison.Ordinal))
                .Select(file => File.ReadAllText(file.Path))
        );
        Assert.All(s_members, name => Assert.Contains($"\"{name}\"", apis, StringComparison.Ordinal));
    }

    [GeneratedRegex("\"(?<text>[A-Za-z_-]+)\"")]
    private static partial Regex Literal();
}
