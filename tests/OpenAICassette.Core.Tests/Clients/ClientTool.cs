namespace OpenAICassette.Tests;

/// <summary>What a client reports of a tool call, or of a fragment of one; what it does not report is empty.</summary>
internal sealed record ClientTool(string Id, string Name, string Arguments);
