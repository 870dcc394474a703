using OpenAICassette.Cassettes;

namespace OpenAICassette;

/// <summary>One recorded request with its response.</summary>
public sealed class Interaction
{
    private readonly InteractionSummary _summary;
    private WeakReference<RecordedRequest>? _request;
    private WeakReference<RecordedResponse>? _response;
    private WeakReference<InteractionDetails>? _details;
    private RecordingIdentity? _identity;

    internal Interaction(Cassette cassette, int index, InteractionSummary summary)
    {
        Cassette = cassette;
        Index = index;
        _summary = summary;
    }

    /// <summary>The cassette that holds it.</summary>
    public Cassette Cassette { get; }

    /// <summary>Its position in the cassette, from 0.</summary>
    public int Index { get; }

    /// <summary>The recorded HTTP method; recorders may write POST for everything. Null where the recording names none.</summary>
    public string? Method => _summary.Method;

    /// <summary>The recorded URL as written; null where the recording names none.</summary>
    public string? Url => _summary.Url;

    /// <summary>The API path without host, for example /v1/chat/completions; null for tool and file recordings.</summary>
    public string? Endpoint => _summary.Endpoint;

    /// <summary>Gets the model that was asked for; null if the request names none.</summary>
    public string? Model => string.IsNullOrEmpty(_summary.Model) ? null : _summary.Model;

    /// <summary>The id of the test that recorded it; null when it was recorded outside any test.</summary>
    public string? TestId => _summary.TestId;

    /// <summary>True when the response was recorded as a stream.</summary>
    public bool IsStreaming => _summary.IsStreaming;

    /// <summary>How many chunks the recorded stream has; 0 when the response is not a stream.</summary>
    public int ChunkCount => _summary.ChunkCount;

    /// <summary>True when the call failed: an exception was recorded, or a status of 400 or above.</summary>
    public bool HasError => _summary.HasError;

    /// <summary>The request.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public RecordedRequest Request => View(ref _request, _summary.Views.ReadRequest);

    /// <summary>The response.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public RecordedResponse Response => View(ref _response, _summary.Views.ReadResponse);

    /// <summary>The chunks of a streamed response; none when it is not a stream.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public IReadOnlyList<Chunk> Chunks => Response.Chunks;

    /// <summary>What is known of the call beyond the format: when it was recorded, when its chunks came; null when nothing is.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public InteractionDetails? Details => _summary.HasDetails ? View(ref _details, document => _summary.Views.ReadDetails(document)!) : null;

    /// <summary>The key of the request as the recorder computes it today; null where the recording does not hold all that is hashed.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public string? Key => Identity.Key;

    /// <summary>The algorithms that reproduce the file's name, oldest first; none when it is not (or no longer) named so.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public IReadOnlyList<KeyAlgorithm> KeyAlgorithms => Identity.KeyAlgorithms;

    /// <summary>The eras of the recorder that write such a file, for example E4 or E0-E2.</summary>
    /// <exception cref="CassetteException">The file cannot be read any more, or has changed since it was listed.</exception>
    public string Era => Identity.Era;

    /// <summary>What one pass over the file found.</summary>
    internal InteractionSummary Summary => _summary;

    private RecordingIdentity Identity
        => _identity ??= _summary.Views.ReadIdentity(Cassette.Source.Read(), Path.GetFileName(Cassette.SourcePath) ?? Cassette.Name);

    /// <summary>The cassette's name and the endpoint.</summary>
    public override string ToString() => $"{Cassette.Name} {Endpoint}".TrimEnd();

    private T View<T>(ref WeakReference<T>? cache, Func<ReadOnlyMemory<byte>, T> read)
        where T : class
    {
        if (cache is not null && cache.TryGetTarget(out var view))
        {
            return view;
        }

        view = read(Cassette.Source.Read());
        cache = new WeakReference<T>(view);
        return view;
    }
}
