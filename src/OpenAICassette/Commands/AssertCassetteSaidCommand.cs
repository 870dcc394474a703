using System.Management.Automation;
using OpenAICassette.Hosting;
using OpenAICassette.Transcripts;

namespace OpenAICassette.Commands;

/// <summary><c>Assert-CassetteSaid</c>, also <c>Should-HaveSaid</c>: fails if no request contains a message.</summary>
[Cmdlet(VerbsLifecycle.Assert, "CassetteSaid")]
[Alias("Should-HaveSaid")]
[OutputType(typeof(void))]
public sealed class AssertCassetteSaidCommand : CassetteAssertionCommand
{
    private const int Width = 76;

    /// <summary>
    /// The words that a message must contain, in any case; a value with wildcards must match the whole message.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string Text { get; set; } = string.Empty;

    /// <summary>The role of the message: user, system, assistant, tool.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    /// <inheritdoc/>
    protected override string? Failure(IReadOnlyList<ReceivedRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var pattern = WildcardPattern.ContainsWildcardCharacters(Text)
            ? Wildcards.Parse(this, Text, nameof(Text))
            : null;
        var messages = requests
            .SelectMany(request => request.Messages)
            .Where(message => Role is null || message.Role.Equals(Role, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (
            messages.Exists(message =>
                message.Text.Contains(Text, StringComparison.OrdinalIgnoreCase)
                || pattern?.IsMatch(message.Text) == true
            )
        )
        {
            return null;
        }

        var who = Role is null ? "a message" : $"a message of {Role}";
        return messages.Count == 0
            ? $"expected {who} to say '{Text}', but no such message is in {requests.Count} request{(requests.Count == 1 ? string.Empty : "s")}"
            : $"expected {who} to say '{Text}', but the messages are:"
                + Told(
                    messages
                        .Select(message => ScreenTranscript.Fit(message.ToString().ReplaceLineEndings(" "), Width))
                        .Distinct()
                );
    }
}
