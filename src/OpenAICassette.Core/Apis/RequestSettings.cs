using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>Reads what a request asks for beside its messages: tools and parameters.</summary>
internal static class RequestSettings
{
    /// <summary>Gets the members that are shown otherwise: as messages, or as tools.</summary>
    private static readonly string[] s_shown =
    [
        .. ApiFamilies.Names(words => words.Inputs),
        .. ApiFamilies.Names(words => words.System),
        "tools",
        "functions",
    ];

    private static readonly string[] s_groups = ApiFamilies.Names(words => words.ParameterGroups);
    private static readonly MemberPath[] s_schemas = MemberPath.All(words => words.Schemas);

    /// <summary>Returns the tools that the model was told of.</summary>
    /// <param name="body">The body of a request, or the settings of a session.</param>
    public static IReadOnlyList<ToolDefinition> Tools(JsonValue body)
    {
        var lists = ApiFamilies.All.SelectMany(family => family.FindTools(body));
        return [.. lists.SelectMany(list => list.Elements).SelectMany(Read)];
    }

    /// <summary>
    /// Returns the other members of the body, or the fields beside files; none for a body without messages, which is
    /// shown as a whole.
    /// </summary>
    public static IReadOnlyList<RequestParameter> Parameters(RecordedRequest request) =>
        request.Body.Parts.Count > 0 ? [.. MultipartRequest.Parameters(request.Body)]
        : request.ToolName is null && RequestReader.FindInput(request.Body.Json).Exists ? Parameters(request.Body.Json)
        : [];

    /// <summary>Returns the members of the settings of a session that are not shown otherwise.</summary>
    public static IReadOnlyList<RequestParameter> Parameters(JsonValue settings) =>
        [.. Parameters(settings, string.Empty)];

    private static IEnumerable<RequestParameter> Parameters(JsonValue group, string prefix)
    {
        foreach (var (name, value) in group.Members)
        {
            if (s_shown.Contains(name))
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

    private static IEnumerable<ToolDefinition> Read(JsonValue tool)
    {
        foreach (var family in ApiFamilies.All)
        {
            if (family.FindFunctions(tool) is { } functions)
            {
                return functions.Select(Function);
            }
        }

        var function = tool["function"].Kind == JsonValueKind.Object ? tool["function"] : tool;
        return function["name"].Text is not null
            ? [Function(function)]
            : [new ToolDefinition(tool["type"].Text ?? "tool", null, tool.ToCompactJson())];
    }

    private static ToolDefinition Function(JsonValue function)
    {
        var schema = s_schemas.Select(path => path.In(function)).FirstOrDefault(value => value.HasValue);
        var parameters = schema.Exists ? schema.ToCompactJson() : null;
        return new ToolDefinition(function["name"].ToString(), function["description"].Text, parameters);
    }
}
