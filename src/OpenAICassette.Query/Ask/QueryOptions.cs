using OpenAICassette.Facts;

namespace OpenAICassette.Query.Ask;

/// <summary>Specifies what a query asks and of what.</summary>
internal sealed record QueryOptions
{
    /// <summary>Gets the query.</summary>
    public required string Sql { get; init; }

    /// <summary>Gets the folder of the index; null to read the files of <see cref="Paths"/>.</summary>
    public string? Index { get; init; }

    /// <summary>Gets the files and folders to read.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Gets whether folders are searched recursively.</summary>
    public bool IsRecursive { get; init; } = true;

    /// <summary>Gets whether the files of the index are compared with it.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>Gets the prices; null for no cost.</summary>
    public PriceList? Prices { get; init; }

    /// <summary>Gets the receiver of the problem of a file.</summary>
    public Action<CassetteException> Problem { get; init; } = _ => { };

    /// <summary>Gets the receiver of warnings.</summary>
    public Action<string> Warning { get; init; } = _ => { };
}
