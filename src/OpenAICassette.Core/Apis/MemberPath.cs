namespace OpenAICassette.Apis;

/// <summary>Represents the way to a value: names of members with dots between.</summary>
internal readonly struct MemberPath(string path)
{
    private readonly string[] _names = path.Split('.');

    /// <summary>Returns the paths of all families of one kind, each once.</summary>
    public static MemberPath[] All(Func<ApiVocabulary, IReadOnlyList<string>> kind) =>
        Array.ConvertAll(ApiFamilies.Names(kind), path => new MemberPath(path));

    /// <summary>Returns the value at the path; undefined if there is none.</summary>
    public JsonValue In(JsonValue value)
    {
        foreach (var name in _names)
        {
            value = value[name];
        }

        return value;
    }
}
