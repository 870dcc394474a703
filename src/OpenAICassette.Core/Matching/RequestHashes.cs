namespace OpenAICassette.Matching;

/// <summary>The hashes by which a request's recordings are found.</summary>
/// <param name="Exact">All that was asked.</param>
/// <param name="Loose">The same without the members that do not count.</param>
/// <param name="AnyQuery">The same without the query too: for recordings that do not tell which query was sent.</param>
internal readonly record struct RequestHashes(UInt128 Exact, UInt128 Loose, UInt128 AnyQuery);
