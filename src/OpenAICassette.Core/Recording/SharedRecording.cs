using OpenAICassette.Cassettes;
using OpenAICassette.Formats;

namespace OpenAICassette.Recording;

/// <summary>
/// Adds exchanges to one file that holds many. Exchanges that come at the same time are written together, so that the
/// file is not written once for each of them, and other processes can add to the same file.
/// </summary>
/// <param name="path">The file, which need not exist.</param>
/// <param name="format">Its format.</param>
/// <param name="replacedBefore">
/// The first exchange replaces a file that was last written before this time; null to replace none.
/// </param>
/// <param name="below">The folder that must not be left through links; null for none.</param>
internal sealed class SharedRecording(
    string path,
    ICassetteFormat format,
    DateTime? replacedBefore,
    string? below = null
) : IDisposable
{
    /// <summary>The shortest time between two writes; a large file is written less often.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private const int PausesForWrite = 4;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1);
    private DateTime? _replacedBefore = replacedBefore;
    private List<ExchangeDraft> _waiting = [];
    private Task? _next;
    private long _earliest = Environment.TickCount64;

    /// <summary>Adds an exchange.</summary>
    /// <returns>A task that ends when the exchange is in the file.</returns>
    /// <exception cref="CassetteException">The file could not be written.</exception>
    public Task AddAsync(ExchangeDraft exchange)
    {
        lock (_lock)
        {
            _waiting.Add(exchange);
            return _next ??= Task.Run(WriteAsync);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task WriteAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var pause = _earliest - Environment.TickCount64;
            if (pause > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(pause)).ConfigureAwait(false);
            }

            var started = Environment.TickCount64;
            Write(Take());
            var ended = Environment.TickCount64;
            _earliest = ended + Math.Max((long)s_pause.TotalMilliseconds, PausesForWrite * (ended - started));
        }
        finally
        {
            _turn.Release();
        }
    }

    private List<ExchangeDraft> Take()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            _next = null;
            return taken;
        }
    }

    private void Write(List<ExchangeDraft> exchanges)
    {
        using var held = FileLock.Take(path, below);
        var isOld = File.GetLastWriteTimeUtc(path) < _replacedBefore;
        _replacedBefore = null;
        if (isOld || !FileBytes.HasContent(path))
        {
            AtomicFile.Write(path, ExchangeFile.Write(format, exchanges, path), default, below: below);
            return;
        }

        using var document = FileBytes.Read(path, default);
        AtomicFile.Write(path, ExchangeFile.Append(format, document.Memory, exchanges, path), default, below: below);
    }
}
