using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>A path of the file system, or why a path that was written leads to none.</summary>
/// <param name="Path">The path; null when there is an error.</param>
/// <param name="Error">The error; null when there is a path.</param>
internal readonly record struct ResolvedPath(string? Path, ErrorRecord? Error);
