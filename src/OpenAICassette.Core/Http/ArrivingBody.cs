namespace OpenAICassette.Http;

/// <summary>
/// Collects a body whose length is not known before its end in a temporary file that only this user can read.
/// </summary>
/// <param name="budget">The budget for all bodies in temporary files.</param>
internal sealed class ArrivingBody(BodyBudget budget) : IDisposable
{
    private readonly BodyShare _share = new(budget);
    private FileStream? _file;
    private MappedBody? _body;

    /// <summary>Gets the number of bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="BadRequestException">
    /// The server would exceed its limit, or there is no space for them.
    /// </exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _share.Take(bytes.Length);
        try
        {
            _file ??= MappedBody.CreateFile(0);
            _file.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MappedBody.NotKept(e);
        }

        Length += bytes.Length;
    }

    /// <summary>Returns the bytes, which stay valid as long as anything refers to them. No more can be added.</summary>
    /// <exception cref="BadRequestException">There is no space for them.</exception>
    public ReadOnlyMemory<byte> ToMemory()
    {
        if (_body is null && _file is not null)
        {
            _body = MappedBody.Create(_file, (int)Length);
            _file = null;
        }

        return _body?.Memory ?? default;
    }

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _body?.Release();
        _share.GiveAll();
    }
}
