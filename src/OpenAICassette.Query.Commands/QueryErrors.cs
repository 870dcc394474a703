using System.Management.Automation;
using OpenAICassette.Hosting;

namespace OpenAICassette.Query.Commands;

/// <summary>Creates the error records of this module.</summary>
internal static class QueryErrors
{
    /// <summary>The index cannot be used or the query cannot be answered.</summary>
    public static ErrorRecord Of(QueryException e, object target) =>
        Errors.Record(
            new InvalidOperationException(e.Message, e),
            "QueryFailed",
            ErrorCategory.InvalidArgument,
            target
        );

    /// <summary>A shard is not valid.</summary>
    public static ErrorRecord NotAShard(string shard) =>
        Errors.Record(
            new ArgumentException($"-Shard takes a part and how many there are, such as 3/16; got '{shard}'."),
            "ShardNotValid",
            ErrorCategory.InvalidArgument,
            shard
        );
}
