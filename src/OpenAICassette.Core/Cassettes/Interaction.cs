using OpenAICassette.Cassettes;

namespace OpenAICassette;

/// <summary>Represents a recorded request with its response.</summary>
public sealed class Interaction
{
    private readonly InteractionSummary _summary;
    private WeakReference<RecordedRequest>? _request;
    private WeakReference<RecordedResponse>? _response;
    private int _loans;
    private object[]? _extensions;

    internal Interaction(Cassette cassette, int index, InteractionSummary summary)
    {
        Cassette = cassette;
        Index = index;
        _summary = summary;
    }

    /// <summary>Creates the interaction of a cassette with the same bytes, whose views it keeps.</summary>
    internal Interaction(Cassette cassette, Interaction other)
        : this(cassette, other.Index, other._summary)
    {
        _request = other._request;
        _response = other._response;
        _loans = other._loans;
    }

    /// <summary>Gets the cassette that holds it.</summary>
    public Cassette Cassette { get; }

    /// <summary>Gets the position in the cassette, from 0.</summary>
    public int Index { get; }

    /// <summary>
    /// Gets the recorded HTTP method; null if there is none. Some recorders write POST for every request.
    /// </summary>
    public string? Method => _summary.Method;

    /// <summary>Gets the recorded URL as written; null if there is none.</summary>
    public string? Url => _summary.Url;

    /// <summary>
    /// Gets the API path without host, for example /v1/chat/completions; null for tool and file recordings.
    /// </summary>
    public string? Endpoint => _summary.Endpoint;

    /// <summary>Gets the model that was asked for; null if the request names none.</summary>
    public string? Model => string.IsNullOrEmpty(_summary.Model) ? null : _summary.Model;

    /// <summary>Gets the id of the test that recorded it; null if it was recorded outside any test.</summary>
    public string? TestId => _summary.TestId;

    /// <summary>Gets whether the response was recorded as a stream.</summary>
    public bool IsStreaming => _summary.IsStreaming;

    /// <summary>Gets the number of chunks of the recorded stream; 0 if the response is not a stream.</summary>
    public int ChunkCount => _summary.ChunkCount;

    /// <summary>Gets whether the call failed: an exception was recorded, or a status of 400 or above.</summary>
    public bool HasError => _summary.HasError;

    /// <summary>
    /// Gets whether the request and the response are put together from the log of an agent or from a trace, which keep
    /// what was said and not what was sent.
    /// </summary>
    public bool IsReconstructed => _summary.IsReconstructed;

    /// <summary>Gets the request.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public RecordedRequest Request => ReadRequest();

    /// <summary>Gets the response.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public RecordedResponse Response => ReadResponse();

    /// <summary>Gets the chunks of a streamed response; none if it is not a stream.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public IReadOnlyList<Chunk> Chunks => Response.Chunks;

    /// <summary>Gets when the request was sent; null if it was not recorded.</summary>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or has changed since it was listed.
    /// </exception>
    public DateTimeOffset? StartedAt => Request.SentAt;

    /// <summary>
    /// Gets what only the cassette's format knows of the interaction, for example a recording's key; none if it has
    /// nothing to add.
    /// </summary>
    public IReadOnlyList<object> Extensions => _extensions ??= [.. _summary.Views.ExtensionsOf(this)];

    /// <summary>Returns the request. The file is read again if its bytes are not in memory.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public RecordedRequest ReadRequest(CancellationToken cancellation = default) =>
        View(ref _request, _summary.Views.ReadRequest, cancellation);

    /// <summary>
    /// Returns the request for work that reads it once: where the format can, nothing is remembered with the interaction.
    /// </summary>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    internal RecordedRequest PeekRequest() =>
        _summary.Views.PeekRequest(Cassette.Source.Read()) ?? Request;

    /// <summary>Returns the response. The file is read again if its bytes are not in memory.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    public RecordedResponse ReadResponse(CancellationToken cancellation = default) =>
        View(ref _response, _summary.Views.ReadResponse, cancellation);

    /// <summary>Returns the extension of a type; null if the cassette's format does not give it.</summary>
    /// <typeparam name="T">The extension's type.</typeparam>
    public T? Extension<T>()
        where T : class => Extensions.OfType<T>().FirstOrDefault();

    /// <summary>Gets what one pass over the file found.</summary>
    internal InteractionSummary Summary => _summary;

    /// <summary>Returns the cassette's name and the endpoint.</summary>
    public override string ToString() => $"{Cassette.Name} {Endpoint}".TrimEnd();

    private T View<T>(ref WeakReference<T>? cache, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellation)
        where T : class
    {
        if (_loans != Cassette.Source.Loans)
        {
            (_request, _response, _loans) = (null, null, Cassette.Source.Loans);
        }

        if (cache is not null && cache.TryGetTarget(out var view))
        {
            return view;
        }

        view = read(Cassette.Source.Read(cancellation));
        cache = new WeakReference<T>(view);
        return view;
    }
}
