namespace OpenAICassette.Pester.Tests;

/// <summary>What became of the tests in one file.</summary>
internal sealed record PesterResult(
    int Passed,
    int Failed,
    int Skipped,
    IReadOnlyList<PesterFailure> Failures,
    IReadOnlyList<string> SkippedTests
);

/// <summary>A test that failed, or a file or block that could not be run.</summary>
internal sealed record PesterFailure(string Name, string Message);
