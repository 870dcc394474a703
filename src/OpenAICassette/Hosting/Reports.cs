using System.Management.Automation;

namespace OpenAICassette.Hosting;

/// <summary>Where loading tells what went wrong and what it passed over.</summary>
/// <param name="Error">Takes errors.</param>
/// <param name="Verbose">Takes verbose text.</param>
internal sealed record Reports(Action<ErrorRecord> Error, Action<string> Verbose);
