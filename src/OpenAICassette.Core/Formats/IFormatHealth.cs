namespace OpenAICassette.Formats;

/// <summary>Checks and repairs what only the files of one format have, such as names computed from requests.</summary>
internal interface IFormatHealth
{
    /// <summary>Gets the ids of the findings that a repair resolves.</summary>
    IReadOnlyList<string> Repairable { get; }

    /// <summary>Returns whether the recorder looks for a cassette by its name, wherever it is.</summary>
    bool IsNamedByKey(Cassette cassette);

    /// <summary>
    /// Reads a file once for all its checks. The interactions are parts of the same tree as long as the bytes are lent.
    /// </summary>
    /// <param name="cassette">The cassette.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    JsonValue Parse(Cassette cassette);

    /// <summary>Returns the problems of a cassette's name and folder.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="root">The file, as <see cref="Parse"/> returned it.</param>
    /// <param name="path">The path that the findings name.</param>
    IEnumerable<HealthFinding> CheckName(Cassette cassette, JsonValue root, string path);

    /// <summary>Returns what a file contains, and how it is laid out, although its recorder never writes it so.</summary>
    /// <param name="root">The file, as <see cref="Parse"/> returned it.</param>
    /// <param name="path">The path that the findings name.</param>
    IEnumerable<HealthFinding> CheckContent(JsonValue root, string path);

    /// <summary>Plans a repair. The file is read, not changed.</summary>
    /// <param name="cassette">The cassette.</param>
    /// <param name="ids">The ids of the findings to repair, all of them in <see cref="Repairable"/>.</param>
    /// <exception cref="CassetteException">
    /// The file can no longer be read, or it has changed since it was listed.
    /// </exception>
    FormatRepair PlanRepair(Cassette cassette, IReadOnlyList<string> ids);
}

/// <summary>Represents the result of a repair, not yet written.</summary>
/// <param name="FileName">The new file name, or the present one if it is correct.</param>
/// <param name="Content">The new bytes; null if they are unchanged.</param>
internal sealed record FormatRepair(string FileName, byte[]? Content);
