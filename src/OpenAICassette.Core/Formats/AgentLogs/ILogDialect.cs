namespace OpenAICassette.Formats.AgentLogs;

/// <summary>Says the entries of one kind of log in the words of the API that the agent asked.</summary>
internal interface ILogDialect
{
    /// <summary>Gets the path of the operation that the agent called.</summary>
    string Path { get; }

    /// <summary>
    /// Returns the messages that a node adds to a request, each as JSON; of an answer, those that repeat it.
    /// </summary>
    IEnumerable<ReadOnlyMemory<byte>> Items(LogNode node, IReadOnlyList<JsonValue> entries);

    /// <summary>
    /// Returns the results of tools that the entries of an answer hold too; they are among its items.
    /// </summary>
    IEnumerable<ReadOnlyMemory<byte>> ResultsIn(IReadOnlyList<JsonValue> entries) => [];

    /// <summary>Returns what the log of a sub-agent may be called, below the folder of the log that names it.</summary>
    /// <param name="name">The name of the log that names it, without its extension.</param>
    /// <param name="agent">The id of the sub-agent.</param>
    IEnumerable<string> AgentFiles(string name, string agent) => [];

    /// <summary>Returns the request of a call.</summary>
    /// <param name="turn">The call.</param>
    /// <param name="head">What the log says of the whole session; undefined if it says nothing.</param>
    /// <param name="context">What the log says of the settings of the call; undefined if it says nothing.</param>
    /// <param name="items">The messages.</param>
    ReadOnlyMemory<byte> Request(
        LogTurn turn,
        JsonValue head,
        JsonValue context,
        IEnumerable<ReadOnlyMemory<byte>> items
    );

    /// <summary>Returns the response of a call.</summary>
    /// <param name="turn">The call.</param>
    /// <param name="entries">The entries with the answer.</param>
    /// <param name="usage">The entry with the tokens; undefined if there is none beside the answer.</param>
    ReadOnlyMemory<byte> Answer(LogTurn turn, IReadOnlyList<JsonValue> entries, JsonValue usage);
}
