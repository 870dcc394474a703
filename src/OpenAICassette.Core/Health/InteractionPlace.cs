using OpenAICassette.Formats;

namespace OpenAICassette.Health;

/// <summary>Where an interaction is, for the findings about it.</summary>
/// <param name="path">The path that the findings name.</param>
/// <param name="index">The interaction's position; null in a recording that holds one by its format.</param>
/// <param name="find">Finds the place in the file, once there is a finding.</param>
internal sealed class InteractionPlace(string path, int? index, Func<ExchangePlace> find)
{
    private readonly Lazy<ExchangePlace> _place = new(find);

    /// <summary>Gets whether the interaction is an HTTP exchange of any format, and not a recording of our own.</summary>
    public bool IsExchange => index is not null;

    /// <summary>Creates a finding.</summary>
    /// <param name="id">The id.</param>
    /// <param name="severity">The severity.</param>
    /// <param name="message">The problem.</param>
    /// <param name="pointer">The location in a recording of our own.</param>
    /// <param name="mend">How to repair it; null if no action is needed.</param>
    public HealthFinding Of(
        string id,
        HealthSeverity severity,
        string message,
        string pointer = "",
        string? mend = null
    ) =>
        IsExchange
            ? new(id, severity, path, _place.Value.Pointer, message, mend)
            {
                Index = index,
                Line = _place.Value.Line,
                Offset = _place.Value.Offset,
            }
            : new(id, severity, path, pointer, message, mend);
}
