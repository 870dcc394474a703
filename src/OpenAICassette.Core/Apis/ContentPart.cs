using System.Globalization;
using OpenAICassette.Apis.Audio;

namespace OpenAICassette;

/// <summary>Represents a part of what a message holds.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The text itself; for an image, sound or file its URL or id; else the recorded JSON.</param>
/// <param name="Label">What the recording calls a part of kind <see cref="ContentPartKind.Json"/>; null for the
/// others.</param>
public sealed record ContentPart(ContentPartKind Kind, string Value, string? Label = null)
{
    /// <summary>
    /// Gets what is spoken in a part of kind <see cref="ContentPartKind.Audio"/>, where that was recorded.
    /// </summary>
    public string? Spoken { get; init; }

    /// <summary>
    /// Returns the part for people: text as it is, the rest behind a label; data in the message itself is only
    /// measured.
    /// </summary>
    public override string ToString() =>
        Kind == ContentPartKind.Text ? Value : $"[{Name}] {Shown}{(Spoken is null ? null : $"\n{Spoken}")}";

    /// <summary>Gets what the part is called: its label, else its kind in small letters.</summary>
    internal string Name => Label ?? Kind.ToString().ToLowerInvariant();

    /// <summary>
    /// Gets the value, how long a sound plays, or the media type and size of other data in the message.
    /// </summary>
    internal string Shown
    {
        get
        {
            if (AudioClip.Of(this) is { } clip)
            {
                return clip.ToString();
            }

            var comma = Value.IndexOf(',', StringComparison.Ordinal);
            return Value.StartsWith("data:", StringComparison.Ordinal) && comma > 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Value[..comma]}, {Value.Length - comma - 1:N0} characters"
                )
                : Value;
        }
    }
}
