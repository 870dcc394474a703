namespace OpenAICassette.Query.Index;

/// <summary>Specifies how an index is updated.</summary>
internal sealed record IndexOptions
{
    /// <summary>Gets the full path of the folder of the index.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets what the index holds beside the facts.</summary>
    public IndexContent Content { get; init; } = new();

    /// <summary>Gets the part that this machine indexes.</summary>
    public IndexShard Shard { get; init; } = IndexShard.Whole;

    /// <summary>Gets whether folders are searched recursively.</summary>
    public bool IsRecursive { get; init; } = true;

    /// <summary>Gets the receiver of the problem of a file, with its path.</summary>
    public Action<CassetteException> Problem { get; init; } = _ => { };

    /// <summary>Gets the receiver of remarks that are not problems.</summary>
    public Action<string> Note { get; init; } = _ => { };
}
