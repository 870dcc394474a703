using System.Net.Sockets;

namespace OpenAICassette.Tests;

/// <summary>A test of IPv6, skipped visibly where the system has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IPv6FactAttribute : FactAttribute
{
    public IPv6FactAttribute()
    {
        if (!Socket.OSSupportsIPv6)
        {
            Skip = "this system has no IPv6";
        }
    }
}
