using System.Text.Json;

namespace OpenAICassette.Apis;

/// <summary>
/// Holds all that is known of one provider's API. What has no default every family must say; a default is what most
/// services do, which is what OpenAI does, or nothing.
/// </summary>
internal interface IApiFamily
{
    /// <summary>Gets the provider, for example openai.</summary>
    string Name { get; }

    /// <summary>
    /// The names that the API gives to things: members that link calls, change from run to run, or count tokens.
    /// </summary>
    ApiVocabulary Vocabulary => ApiVocabulary.Empty;

    // Where the API is asked

    /// <summary>The address of the service itself.</summary>
    Uri Upstream { get; }

    /// <summary>
    /// Gets the environment variables in which clients look for another address, the one that counts most first.
    /// </summary>
    IReadOnlyList<string> UpstreamVariables => [];

    /// <summary>Returns the environment variables that lead a client to a server of ours.</summary>
    /// <param name="root">The server's address without a slash at its end.</param>
    IEnumerable<KeyValuePair<string, string>> ClientVariables(string root) => [];

    /// <summary>
    /// Returns what an operation is called, for example openai-chat; null for an operation of another API.
    /// </summary>
    /// <param name="segments">The path from the operation on, for example chat, completions.</param>
    /// <param name="method">The HTTP method; null if it is not known.</param>
    string? Identify(ReadOnlySpan<string> segments, string? method);

    /// <summary>Returns whether a host serves this API.</summary>
    /// <param name="host">The host's name in lower case, without a port.</param>
    bool Owns(string host) => false;

    /// <summary>
    /// Returns what a call to such a host is called if its path names no operation; null if it is no call of the API.
    /// </summary>
    string? NameOther(string host) => $"{Name}-other";

    /// <summary>Returns whether a model answers a call; other calls keep files, list things or tune models.</summary>
    /// <param name="api">What the call is called.</param>
    bool Generates(string api) => !api.EndsWith("-other", StringComparison.Ordinal);

    /// <summary>Returns whether such a host also serves the API of another family, under that family's paths.</summary>
    bool Serves(IApiFamily other) => true;

    /// <summary>
    /// Returns the path of the operation that gives an answer, or a stream with such an element; null for the answer of
    /// another API.
    /// </summary>
    /// <param name="answer">The answer, or the first element of a stream that is JSON.</param>
    string? PathOf(JsonValue answer) => null;

    /// <summary>
    /// Returns the call that an answer alone is from; null for a value that another API, or no API at all, could have
    /// made as well.
    /// </summary>
    /// <param name="answer">The answer, or an element of a stream.</param>
    AnsweredCall? CallOf(JsonValue answer) => PathOf(answer) is { } path ? new AnsweredCall(path) : null;

    /// <summary>
    /// True where a path names the model in its second segment and goes on with the operation, as in
    /// deployments/m/chat.
    /// </summary>
    /// <param name="segments">A part of the path, up to its end.</param>
    bool NamesModel(ReadOnlySpan<string> segments) => false;

    /// <summary>Returns the model that an operation's own path names; null if it names none.</summary>
    /// <param name="segments">The path from the operation on.</param>
    string? FindModel(ReadOnlySpan<string> segments) => null;

    // What is asked

    /// <summary>Adds a block of a message's content to the message: a tool call, a tool's result, a thought.</summary>
    /// <param name="block">The block.</param>
    /// <param name="type">Its type; null where it names none.</param>
    /// <param name="message">The message.</param>
    /// <returns>False for a block of another API, and for one that is just content.</returns>
    bool TryReadBlock(JsonValue block, string? type, MessageDraft message) => false;

    /// <summary>
    /// Returns the message that an item of a request's input is; null for an item that is a message of the common
    /// shape.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="type">Its type; null where it names none.</param>
    IReadOnlyList<Message>? ReadItem(JsonValue item, string? type) => null;

    /// <summary>Returns where an image, sound or file is in a content part; the default for every other part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="type">Its type, or the name of its first member.</param>
    MediaSource FindMedia(JsonValue part, string? type) => default;

    /// <summary>Returns the lists of tools in a request's body.</summary>
    IEnumerable<JsonValue> FindTools(JsonValue body) => [];

    /// <summary>
    /// Returns the functions that an element of such a list declares in a shape of the API's own; null for another
    /// shape.
    /// </summary>
    IEnumerable<JsonValue>? FindFunctions(JsonValue tool) => null;

    /// <summary>
    /// Returns the messages that the client adds to a conversation with a message of a WebSocket session; null for a
    /// message that adds none.
    /// </summary>
    /// <param name="data">The message.</param>
    IReadOnlyList<Message>? ReadSent(JsonValue data) => null;

    /// <summary>
    /// Returns what a message of a WebSocket session, from either side, says about the user's speech.
    /// </summary>
    SpeechEvent ReadSpeech(JsonValue data) => default;

    /// <summary>Returns the settings that a message of a WebSocket session tells; undefined if it tells none.</summary>
    JsonValue FindSettings(JsonValue data) => default;

    /// <summary>
    /// Returns the media type of the sound that one side sends, as a request or a message of a session sets it; null if
    /// it sets none.
    /// </summary>
    string? FindAudioType(JsonValue data, FrameDirection side) => null;

    // What is answered

    /// <summary>
    /// Returns what a value is to the API: a part of a stream, a whole response, or nothing that it sends.
    /// </summary>
    /// <param name="data">The value.</param>
    /// <param name="type">The text of its member type; null where it has none.</param>
    ResponseShape ShapeOf(JsonValue data, string? type);

    /// <summary>Takes a chunk or a whole response apart.</summary>
    /// <param name="data">A value that is not <see cref="ResponseShape.None"/>.</param>
    /// <param name="type">The text of its member type; null where it has none.</param>
    /// <param name="pieces">Takes the pieces.</param>
    void Read(JsonValue data, string? type, PieceList pieces);

    /// <summary>
    /// How a stream of values that each could be a whole response goes on and ends; null where the shapes differ.
    /// </summary>
    IWholeChunks? WholeChunks => null;

    /// <summary>
    /// Returns the id of the response that a chunk or a whole response names; null where it names none.
    /// </summary>
    string? FindResponseId(JsonValue data) => data["id"].Text;

    /// <summary>
    /// Returns the id of the answer that a chunk belongs to, where a session has several one after the other; null
    /// elsewhere.
    /// </summary>
    string? FindAnswerId(JsonValue data) => null;

    /// <summary>
    /// Returns whether a chunk ends a turn of the model, in a session whose turns have no ids; what follows is a part
    /// of its own.
    /// </summary>
    bool EndsTurn(JsonValue data) => false;

    /// <summary>Gets the arguments of a tool call that is streamed without any.</summary>
    string NoArguments => string.Empty;

    /// <summary>Returns the log probabilities that a chunk or a whole response carries.</summary>
    IReadOnlyList<ChoiceLogProbs> ReadLogProbs(JsonValue data) => [];

    /// <summary>Returns the vectors in a response to a request for embeddings; none for another response.</summary>
    IEnumerable<JsonValue> FindVectors(JsonValue data) => [];

    /// <summary>True for a chunk of a stream in which every answer says exactly once why it ends.</summary>
    bool EndsEachChoice(JsonValue data) => false;

    /// <summary>Returns what a value of this API, an element of a stream, says of the stream's end.</summary>
    /// <param name="data">A value that is not <see cref="ResponseShape.None"/>.</param>
    /// <param name="type">The text of its member type; null where it has none.</param>
    StreamEnd EndOf(JsonValue data, string? type) => default;

    /// <summary>Returns the names of the tools that a chunk or a whole response calls with any text, not with JSON.</summary>
    IEnumerable<string> TextToolsIn(JsonValue data) => [];

    /// <summary>
    /// Returns the sum of the parts of a usage and the total that it reports; null where the API does not promise that
    /// they are equal.
    /// </summary>
    (long Sum, long Reported)? AddUp(JsonValue usage) => null;

    // How it goes over the wire

    /// <summary>True for streams of one JSON value on each line; false for server-sent events.</summary>
    bool StreamsLines => false;

    /// <summary>True where the service names an event by its data's type.</summary>
    bool NamesEvent(string type) => false;

    /// <summary>True for the last chunk of a stream that the service ends with an event of its own, [DONE].</summary>
    bool EndsWithDone(JsonValue last) => false;

    /// <summary>Returns the body of a response with its vectors in the form that the request asks for.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="body">The body as recorded.</param>
    /// <param name="asText">True for base64, false for arrays of numbers.</param>
    string EncodeVectors(string operation, string body, bool asText) => body;

    /// <summary>Gets the name of the event that carries an error; null for one without a name.</summary>
    string? ErrorEvent => null;

    /// <summary>
    /// Returns the body of an error response from what an SDK kept of it, which is mostly what stands inside its member
    /// error.
    /// </summary>
    string WrapError(JsonValue body) =>
        body["error"].HasValue ? body.ToCompactJson() : $"{{\"error\":{body.ToCompactJson()}}}";

    /// <summary>Writes the members of an error response.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="message">What happened.</param>
    /// <param name="type">The type; null for a general one.</param>
    /// <param name="more">Writes more members of the error; null for none.</param>
    void WriteError(Utf8JsonWriter writer, string message, string? type, Action<Utf8JsonWriter>? more)
    {
        writer.WriteStartObject("error");
        writer.WriteString("message", message);
        writer.WriteString("type", type ?? "api_error");
        writer.WriteNull("param");
        writer.WriteString("code", type);
        more?.Invoke(writer);
        writer.WriteEndObject();
    }

    /// <summary>How the API lists models; null for an API that does not.</summary>
    IModelLists? ModelLists => null;
}
