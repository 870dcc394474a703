namespace OpenAICassette.Apis;

/// <summary>
/// Represents the names that an API gives to things. They are looked up together with those of all other families,
/// because recordings hold one API's members under another's endpoint; so a name that several families have need stand
/// in one list only.
/// </summary>
internal sealed record ApiVocabulary
{
    /// <summary>Gets no names.</summary>
    public static ApiVocabulary Empty { get; } = new();

    // Requests

    /// <summary>Gets the members that hold what the system says.</summary>
    public IReadOnlyList<string> System { get; init; } = [];

    /// <summary>Gets the members that hold what is said, the one that counts most first.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Gets the members of a message that hold what the model thought.</summary>
    public IReadOnlyList<string> Thoughts { get; init; } = [];

    /// <summary>Gets the members of a request that hold parameters of their own.</summary>
    public IReadOnlyList<string> ParameterGroups { get; init; } = [];

    /// <summary>Gets the members of a tool that hold the schema of its arguments.</summary>
    public IReadOnlyList<string> Schemas { get; init; } = [];

    /// <summary>Gets the types of a content part that is nothing but text.</summary>
    public IReadOnlyList<string> TextParts { get; init; } = [];

    /// <summary>Gets the members of a request that name the response before it.</summary>
    public IReadOnlyList<string> PreviousIds { get; init; } = [];

    /// <summary>
    /// Gets the members of a request, as JSON pointers, that change from run to run and leave the answer what it is.
    /// </summary>
    public IReadOnlyList<string> VolatileRequestMembers { get; init; } = [];

    /// <summary>
    /// Gets the parameters of a query that change from run to run and leave the answer what it is.
    /// </summary>
    public IReadOnlyList<string> VolatileQueryParameters { get; init; } = [];

    /// <summary>
    /// Gets the members of a client's message in a WebSocket session, as JSON pointers, that change from run to run.
    /// </summary>
    public IReadOnlyList<string> VolatileMessageMembers { get; init; } = [];

    /// <summary>Gets the members that hold the id of a tool call.</summary>
    public IReadOnlyList<string> CallIds { get; init; } = [];

    /// <summary>
    /// Gets the members that hold a tool call, its result, or a list of them, whose member id is the call's.
    /// </summary>
    public IReadOnlyList<string> Calls { get; init; } = [];

    // Responses

    /// <summary>Gets the members that change from call to call without meaning.</summary>
    public IReadOnlyList<string> VolatileResponseMembers { get; init; } = [];

    /// <summary>Gets the members that people need not see, because they repeat what is shown elsewhere.</summary>
    public IReadOnlyList<string> RoutineMembers { get; init; } = [];

    /// <summary>
    /// Gets the members that say nothing by themselves: the kind of a chunk and its place in the stream.
    /// </summary>
    public IReadOnlyList<string> SilentMembers { get; init; } = [];

    /// <summary>Gets the members that only hold others together.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Gets the members of a chunk that say which of several texts it adds to.</summary>
    public IReadOnlyList<string> TextIndexes { get; init; } = [];

    /// <summary>Gets the members of a chunk whose text is whole in every chunk.</summary>
    public IReadOnlyList<string> WholeTexts { get; init; } = [];

    /// <summary>Gets where token counts stand.</summary>
    public UsageNames Usage { get; init; } = new();
}
