namespace OpenAICassette.Formats.LlamaStack.Keys;

/// <summary>What of a test's id is part of a key.</summary>
/// <param name="IsHashed">False where the member is left out.</param>
/// <param name="Value">The id; null outside any test, and for lists of models that all tests share.</param>
internal readonly record struct HashedTestId(bool IsHashed, string? Value)
{
    /// <summary>Returns what an algorithm hashes of the id.</summary>
    /// <param name="testId">The id; null outside any test.</param>
    /// <param name="path">The path that was called.</param>
    /// <param name="host">The host that was called; null for a URL without one.</param>
    /// <param name="algorithm">The algorithm.</param>
    public static HashedTestId Of(string? testId, string path, string? host, KeyAlgorithm algorithm) =>
        algorithm switch
        {
            KeyAlgorithm.H1 => default,
            KeyAlgorithm.H6b => IsList(path) || path == "/api/tags" ? default : new(true, testId),
            KeyAlgorithm.H6c => new(true, IsFirstShared(path) || IsOtherMachines(path, host) ? null : testId),
            KeyAlgorithm.H7 => new(
                true,
                path is "/v1/models" or "/info" || IsOtherMachines(path, host) ? null : testId
            ),
            KeyAlgorithm.H2 or KeyAlgorithm.H3 => path is "/api/tags" or "/v1/models" ? default : new(true, testId),
            _ => IsFirstShared(path) ? default : new(true, testId),
        };

    private static bool IsFirstShared(string path) => path is "/api/tags" or "/v1/models" or "/v1/openai/v1/models";

    private static bool IsOtherMachines(string path, string? host) =>
        IsList(path) && host is not ("0.0.0.0" or "127.0.0.1" or "localhost");

    private static bool IsList(string path) => path.EndsWith("/models", StringComparison.Ordinal);
}
