using OpenAICassette.Formats;

namespace OpenAICassette.Query.Index;

/// <summary>Specifies what a file is to an index.</summary>
internal enum FileState
{
    /// <summary>A cassette, whose rows the index has.</summary>
    Cassette,

    /// <summary>Another file of a folder.</summary>
    Skipped,

    /// <summary>A file that could not be read.</summary>
    Error,
}

/// <summary>Represents a file that an index covers.</summary>
/// <param name="Bytes">The size.</param>
/// <param name="ModifiedAt">When it was last written, in microseconds of UTC.</param>
/// <param name="IndexedAt">When it was read.</param>
/// <param name="ContentHash">The hash of its content; empty if it is not a cassette.</param>
/// <param name="State">What it is.</param>
/// <param name="Problem">Why it could not be read; null if it could.</param>
/// <param name="Format">The format; null if it is not a cassette.</param>
/// <param name="Interactions">The number of interactions.</param>
internal sealed record IndexedFile(
    long Bytes,
    DateTime ModifiedAt,
    DateTime IndexedAt,
    string ContentHash,
    FileState State,
    string? Problem,
    string? Format,
    long Interactions
)
{
    /// <summary>
    /// A file that was read this soon after it was written may be written again within what its time can tell.
    /// </summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    /// <summary>Gets whether the file was old enough when it was read that its size and time tell a change.</summary>
    public bool IsSettled => IndexedAt - ModifiedAt >= s_settled;

    /// <summary>Returns whether a file has the size and time that it had.</summary>
    public bool HasStamp(FileStamp stamp) => stamp.Length == Bytes && InMicroseconds(stamp.Written) == ModifiedAt;

    /// <summary>Returns a time in the precision that the index keeps.</summary>
    public static DateTime InMicroseconds(DateTime time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    /// <summary>Returns what is known of a cassette that was just read.</summary>
    public static IndexedFile Of(Cassette cassette, FileRows rows) =>
        new(
            cassette.Length,
            InMicroseconds(File.GetLastWriteTimeUtc(cassette.SourcePath ?? cassette.Name)),
            InMicroseconds(DateTime.UtcNow),
            rows.ContentHash,
            FileState.Cassette,
            null,
            cassette.Format,
            cassette.Interactions.Count
        );

    /// <summary>Returns the row of the table of files.</summary>
    public object?[] RowOf(string path) =>
        [path, Bytes, ModifiedAt, IndexedAt, ContentHash, $"{State}".ToLowerInvariant(), Problem, Format, Interactions];

    /// <summary>Reads a row of the table of files.</summary>
    public static IndexedFile OfRow(object?[] row) =>
        new(
            (long)row[1]!,
            DateTime.SpecifyKind((DateTime)row[2]!, DateTimeKind.Utc),
            DateTime.SpecifyKind((DateTime)row[3]!, DateTimeKind.Utc),
            (string)row[4]!,
            Enum.Parse<FileState>((string)row[5]!, ignoreCase: true),
            (string?)row[6],
            (string?)row[7],
            (long)row[8]!
        );
}
