using System.Text.Json;
using OpenAICassette.Json;

namespace OpenAICassette.Conversations;

/// <summary>Reads what a request asks for beside its messages: tools and parameters.</summary>
internal static class RequestSettings
{
    /// <summary>Members that the messages are made of.</summary>
    private static readonly string[] s_said =
        ["messages", "contents", "prompt", "input", "system", "instructions", "system_instruction", "systemInstruction"];

    /// <summary>Members that hold parameters of their own.</summary>
    private static readonly string[] s_groups = ["config", "generationConfig", "generation_config", "options", "extra_body"];

    /// <summary>What the services call a tool's schema.</summary>
    private static readonly string[] s_schemas = ["parameters", "input_schema", "parameters_json_schema", "parametersJsonSchema", "format"];

    /// <summary>The tools that the model was told of.</summary>
    public static IReadOnlyList<ToolDefinition> Tools(RecordedRequest request)
    {
        var body = request.Body.Json;
        var config = body["config"];
        return
        [
            .. body["tools"].Elements.Concat(body["functions"].Elements).Concat(config["tools"].Elements).SelectMany(Tool),
        ];
    }

    /// <summary>The other members of the body.</summary>
    public static IReadOnlyList<RequestParameter> Parameters(RecordedRequest request)
        => request.ToolName is null && IsUnderstood(request.Body.Json) ? [.. Parameters(request.Body.Json, string.Empty)] : [];

    /// <summary>True for a body with messages; one without is shown as a whole.</summary>
    private static bool IsUnderstood(JsonValue body)
        => body["messages"].Kind == JsonValueKind.Array || body["contents"].Exists || body["prompt"].Exists || body["input"].Exists;

    private static IEnumerable<RequestParameter> Parameters(JsonValue group, string prefix)
    {
        foreach (var (name, value) in group.Members)
        {
            if (s_said.Contains(name) || name is "tools" or "functions")
            {
                continue;
            }

            if (value.Kind == JsonValueKind.Object && s_groups.Contains(name))
            {
                foreach (var inner in Parameters(value, $"{prefix}{name}."))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return new RequestParameter(prefix + name, value.ToCompactJson());
            }
        }
    }

    private static IEnumerable<ToolDefinition> Tool(JsonValue tool)
    {
        var declared = tool["function_declarations"].Exists ? tool["function_declarations"] : tool["functionDeclarations"];
        if (declared.Kind == JsonValueKind.Array)
        {
            return declared.Elements.Select(Function);
        }

        var function = tool["function"].Kind == JsonValueKind.Object ? tool["function"] : tool;
        return [function["name"].Text is not null ? Function(function) : new ToolDefinition(tool["type"].Text ?? "tool", null, tool.ToCompactJson())];
    }

    private static ToolDefinition Function(JsonValue function)
    {
        var schema = s_schemas.Select(name => function[name]).FirstOrDefault(value => value.HasValue);
        return new ToolDefinition(function["name"].ToString(), function["description"].Text, schema.Exists ? schema.ToCompactJson() : null);
    }
}
