namespace OpenAICassette.Hosting;

/// <summary>Says which cmdlets take an object that a cmdlet for cassettes cannot use.</summary>
internal static class TakenBy
{
    /// <summary>Returns the sentence for an object.</summary>
    /// <param name="input">The object.</param>
    /// <param name="command">The cmdlet that cannot use it.</param>
    public static string Sentence(object input, string command) =>
        Kind(Errors.TypeOf(input)) switch
        {
            { } cmdlets => $"{cmdlets}, not {command}.",
            null => "Use Get-Cassette to read files.",
        };

    private static string? Kind(string type) =>
        type.Split('.')[^1] switch
        {
            nameof(Interaction) =>
                "Invoke-CassetteReplay, ConvertTo-Transcript and Export-Cassette take an interaction; its property "
                    + "Cassette is for all other cmdlets",
            nameof(ReplayEvent) => "ConvertTo-Transcript takes replay events",
            nameof(Transcript) => "Out-File and Set-Content take transcripts",
            nameof(CassetteComparison) => "ConvertTo-CassetteReport takes comparisons",
            nameof(CassetteServer) => "Get-CassetteServer, Stop-CassetteServer and the assertions take a server",
            nameof(ReceivedRequest) => "The assertions such as Assert-CassetteRequest take requests",
            _ => null,
        };
}
