using System.Runtime.InteropServices;
using OpenAICassette.Cassettes;
using OpenAICassette.Text;

namespace OpenAICassette;

/// <summary>
/// Represents the origin of a cassette's bytes. The bytes of a file are released after indexing and read again when a
/// view needs them; if they are no longer the same bytes, reading fails with
/// <see cref="CassetteError.CassetteChanged"/>.
/// </summary>
public sealed class CassetteSource
{
    private readonly ReadOnlyMemory<byte> _memory;
    private WeakReference<byte[]>? _recent;
    private Lent? _lent;
    private WeakReference<object>? _recentView;
    private object? _keptView;
    private bool _keepsView;

    private CassetteSource(string? path, ReadOnlyMemory<byte> memory, int length, UInt128 hash)
    {
        Path = path;
        _memory = memory;
        Length = length;
        Hash = hash;
    }

    /// <summary>Gets the file; null for bytes that are held in memory.</summary>
    public string? Path { get; }

    /// <summary>Gets what errors call the cassette: the file's path, or a name.</summary>
    public string Name { get; private init; } = "cassette";

    /// <summary>Gets how many bytes there are.</summary>
    public int Length { get; }

    /// <summary>Gets the hash of the bytes.</summary>
    internal UInt128 Hash { get; }

    /// <summary>Gets the number of loans after which nothing that was read from the bytes can be used.</summary>
    internal int Loans { get; private set; }

    /// <summary>Returns the source of a file whose content was just read. The bytes are not kept.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="content">What the file holds.</param>
    public static CassetteSource OfFile(string path, ReadOnlySpan<byte> content) =>
        new(path, default, content.Length, ContentHash.Of(content)) { Name = path };

    /// <summary>Returns the same bytes in a file that was just written.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="content">
    /// The bytes, which are given as long as others hold them; none to read the file the next time.
    /// </param>
    internal CassetteSource AsFile(string path, ReadOnlyMemory<byte> content)
    {
        var isWhole =
            MemoryMarshal.TryGetArray(content, out var bytes)
            && bytes.Array!.Length == Length
            && content.Length == Length;
        return new CassetteSource(path, default, Length, Hash)
        {
            Name = path,
            _recent = isWhole ? new WeakReference<byte[]>(bytes.Array!) : null,
        };
    }

    /// <summary>Returns a source of bytes that are held in memory.</summary>
    /// <param name="content">The bytes; they must not change afterwards.</param>
    /// <param name="name">What errors call them; null for a general word.</param>
    public static CassetteSource OfMemory(ReadOnlyMemory<byte> content, string? name = null) =>
        new(null, content, content.Length, ContentHash.Of(content.Span)) { Name = name ?? "cassette" };

    /// <summary>Returns the bytes. They are read from the file again if necessary.</summary>
    /// <param name="cancellation">Ends the wait for the file.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or holds other bytes than when it was listed.
    /// </exception>
    public ReadOnlyMemory<byte> Read(CancellationToken cancellation = default)
    {
        if (_lent is { } lent)
        {
            return lent.Content ??= lent.File!.ToLasting();
        }

        if (Path is null)
        {
            return _memory;
        }

        if (_recent is not null && _recent.TryGetTarget(out var recent))
        {
            return recent;
        }

        using var file = ReadVerified(Path, cancellation);
        var bytes = file.Memory.ToArray();
        _recent = new WeakReference<byte[]>(bytes);
        return bytes;
    }

    /// <summary>Reads a file beside the cassette's, which holds a part of it.</summary>
    /// <param name="name">The file's path below the cassette's folder, with slashes.</param>
    /// <returns>
    /// The bytes; null if there is no such file, if the path leads out of the folder, or for bytes in memory.
    /// </returns>
    internal ReadOnlyMemory<byte>? ReadSibling(string name) => Path is null ? null : SiblingFile.Read(Path, name);

    /// <summary>Makes sure, right before a file is replaced, that it still is what was read.</summary>
    /// <param name="cancellation">Ends the wait for the file.</param>
    /// <exception cref="CassetteException">
    /// The file cannot be read any more, or holds other bytes than when it was listed.
    /// </exception>
    internal void Verify(CancellationToken cancellation)
    {
        if (Path is not null)
        {
            ReadVerified(Path, cancellation).Dispose();
        }
    }

    /// <summary>
    /// Lends the bytes that were just read to the work that follows, until the result is disposed.
    /// </summary>
    /// <param name="content">What the file holds.</param>
    internal IDisposable Lend(ReadOnlyMemory<byte> content) => Lend(new Lent { Content = content });

    /// <summary>Lends a file that was just read; its bytes are copied only if the work asks for them.</summary>
    /// <param name="file">The file, which is disposed after the loan.</param>
    internal IDisposable Lend(FileBytes file) => Lend(new Lent { File = file });

    /// <summary>
    /// Keeps what is read from the bytes next, until they were lent and the loan is over: work that follows reads the
    /// same.
    /// </summary>
    internal void KeepView() => _keepsView = true;

    /// <summary>Hands on what was read from the bytes to work that follows soon; it may be forgotten.</summary>
    /// <param name="view">What was read.</param>
    internal void Remember(object view)
    {
        _recentView = new WeakReference<object>(view);
        _keptView = _keepsView ? view : null;
    }

    /// <summary>Returns what was read from the bytes, if it is of a type and not forgotten.</summary>
    internal T? Recall<T>()
        where T : class => _recentView is not null && _recentView.TryGetTarget(out var view) ? view as T : null;

    /// <summary>As <see cref="Lend(ReadOnlyMemory{byte})"/>, if nobody has lent them yet.</summary>
    /// <param name="content">What the file holds.</param>
    /// <returns>The loan; null if there is one already.</returns>
    internal IDisposable? Hold(ReadOnlyMemory<byte> content) => _lent is null ? Lend(content) : null;

    /// <summary>
    /// Keeps what was made of the bytes as long as they are lent: whoever works on them will ask for it again.
    /// </summary>
    internal void Keep(object made) => _lent?.Kept = made;

    private Loan Lend(Lent lent)
    {
        _lent = lent;
        return new Loan(this);
    }

    private FileBytes ReadVerified(string path, CancellationToken cancellation)
    {
        // To open a pipe that has taken the file's place would wait until somebody writes to it, which may be for ever.
        if (Length > 0 && !FileBytes.HasContent(path) && File.Exists(path))
        {
            throw Changed(path);
        }

        var file = FileBytes.Read(path, cancellation);
        if (file.Memory.Length == Length && ContentHash.Of(file.Memory.Span) == Hash)
        {
            return file;
        }

        file.Dispose();
        throw Changed(path);
    }

    private static CassetteException Changed(string path) =>
        new(CassetteError.CassetteChanged, path, "the file has changed since it was listed; read it again");

    /// <summary>What a source has only while its bytes are lent, and so is not part of each.</summary>
    private sealed class Lent
    {
        public ReadOnlyMemory<byte>? Content { get; set; }

        public FileBytes? File { get; init; }

        public object? Kept { get; set; }
    }

    private sealed class Loan(CassetteSource source) : IDisposable
    {
        public void Dispose()
        {
            if (source._lent?.Content is { } content && LentBytes.Of(content, out _) is not null)
            {
                source.Loans++;
            }

            source._lent = null;
            source._keptView = null;
            source._keepsView = false;
        }
    }
}
