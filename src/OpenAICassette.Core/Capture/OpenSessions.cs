using OpenAICassette.Server;

namespace OpenAICassette.Capture;

/// <summary>Finds the session that a request belongs to.</summary>
internal static class OpenSessions
{
    private static readonly Lock s_lock = new();
    private static readonly AsyncLocal<OpenSession?> s_flow = new();
    private static OpenSession[] s_open = [];
    private static Func<object?>[] s_owners = [];

    /// <summary>Gets whether a session captures requests.</summary>
    public static bool Any => Volatile.Read(ref s_open).Length > 0;

    /// <summary>Gets the session of the current flow, otherwise that of the owner; null if there is none.</summary>
    public static OpenSession? Current => FirstOpen(s_flow.Value) ?? OfOwner(Volatile.Read(ref s_open));

    /// <summary>Adds a way to find what the current code belongs to, for example its runspace.</summary>
    /// <param name="owner">Returns the owner; null if there is none.</param>
    public static void AddOwner(Func<object?> owner)
    {
        lock (s_lock)
        {
            s_owners = [.. s_owners, owner];
        }
    }

    /// <summary>Opens a session: it captures the requests of the current flow and of everything started from it.</summary>
    public static OpenSession Enter(CassetteSession session, CapturedRequests hosts, object? owner)
    {
        var opened = new OpenSession(session, hosts, owner, FirstOpen(s_flow.Value));
        lock (s_lock)
        {
            s_open = [.. s_open, opened];
        }

        s_flow.Value = opened;
        return opened;
    }

    /// <summary>Closes a session.</summary>
    public static void Leave(OpenSession session)
    {
        lock (s_lock)
        {
            session.IsOpen = false;
            s_open = [.. s_open.Where(open => open != session)];
        }

        s_flow.Value = FirstOpen(s_flow.Value);
    }

    /// <summary>Returns whether the current code was started in the flow of a session.</summary>
    public static bool IsInFlow(CassetteSession session)
    {
        for (var open = s_flow.Value; open is not null; open = open.Outer)
        {
            if (open.Session == session)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Returns the session that captures a request: that of the flow, otherwise that of the owner, otherwise, for a
    /// request to an LLM API, the only one; null if the request is left alone.
    /// </summary>
    /// <param name="address">The address of the request.</param>
    /// <exception cref="InvalidOperationException">More than one session could be meant.</exception>
    public static OpenSession? Find(Uri address)
    {
        var all = Volatile.Read(ref s_open);
        if (all.Length == 0 || !OriginText.IsHttp(address))
        {
            return null;
        }

        var found = FirstOpen(s_flow.Value) ?? OfOwner(all);
        if (ServerPorts.Has(address))
        {
            // Environment variables name the server of one session, also to code that belongs to another one.
            return
                found?.Owner is { } owner
                && Array.Find(all, open => open.IsAt(address))?.Owner is { } other
                && !owner.Equals(other)
                ? found
                : null;
        }

        if (found is not null)
        {
            return found.Captures(address) ? found : null;
        }

        return Array.FindAll(all, open => open.CapturesOfOthers(address)) switch
        {
            [] => null,
            [var only] when s_flow.Value is null => only,
            var several => throw Ambiguous(address, several),
        };
    }

    private static OpenSession? FirstOpen(OpenSession? session)
    {
        while (session is { IsOpen: false })
        {
            session = session.Outer;
        }

        return session;
    }

    private static OpenSession? OfOwner(OpenSession[] all)
    {
        foreach (var find in Volatile.Read(ref s_owners))
        {
            if (find() is { } owner && Array.FindLast(all, open => owner.Equals(open.Owner)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static InvalidOperationException Ambiguous(Uri address, OpenSession[] sessions)
    {
        var paths = string.Join(", ", sessions.Select(open => open.Session.Path));
        var host = OriginText.Of(address);
        return new InvalidOperationException(
            s_flow.Value is { } ended
                ? $"The request to {host} comes from code that was started with the cassette {ended.Session.Path}, "
                    + $"which has ended; open now: {paths}. Wait for such code before the cassette ends."
                : $"The request to {host} could belong to any of these cassettes: {paths}. Send it from the code that "
                    + "opened its cassette or from code that this started, or give its client the Uri of the cassette."
        );
    }
}
