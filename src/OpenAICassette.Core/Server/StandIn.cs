namespace OpenAICassette.Server;

/// <summary>
/// Represents an address that stands in for the host of a service. Addresses of its own in its answers are those of the
/// host: the client knows no other, and a recording without the stand-in must not lead to it.
/// </summary>
/// <param name="Origin">The origin of the stand-in.</param>
/// <param name="Service">The origin of the service.</param>
internal sealed record StandIn(string Origin, string Service)
{
    /// <summary>Returns the stand-in of a request; null if it is sent where its client means it to go.</summary>
    /// <param name="target">The URL that the request is sent to.</param>
    /// <param name="address">The URL that its client means.</param>
    public static StandIn? Of(Uri target, Uri address)
    {
        var (origin, service) = (target.GetLeftPart(UriPartial.Authority), address.GetLeftPart(UriPartial.Authority));
        return origin == service ? null : new StandIn(origin, service);
    }

    /// <summary>Returns fields of the stand-in as the service would send them.</summary>
    public List<KeyValuePair<string, string>> Lead(IEnumerable<KeyValuePair<string, string>> fields) =>
        ServiceLinks.Lead(fields, Origin, Service);

    /// <summary>Returns fields of the stand-in as the service would send them.</summary>
    public IReadOnlyList<HeaderField> Lead(IReadOnlyList<HeaderField> fields) =>
        [
            .. Lead(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))
                .Select(field => new HeaderField(field.Key, field.Value)),
        ];
}
