namespace OpenAICassette.Tests;

/// <summary>
/// The tests that capture the requests of the process. They run alone: a session that is the only one open captures the
/// requests of code without a session too.
/// </summary>
[CollectionDefinition(nameof(CaptureCollection), DisableParallelization = true)]
public sealed class CaptureCollection;
