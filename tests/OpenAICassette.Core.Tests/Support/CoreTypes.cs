using System.Runtime.CompilerServices;

namespace OpenAICassette.Tests;

/// <summary>The engine's types.</summary>
internal static class CoreTypes
{
    /// <summary>The top-level types that people wrote; not those that the compiler and its generators add.</summary>
    public static IReadOnlyList<Type> Declared { get; } =
    [
        .. typeof(Cassette)
            .Assembly.GetTypes()
            .Where(type =>
                type.DeclaringType is null
                && type.Namespace?.StartsWith("OpenAICassette", StringComparison.Ordinal) == true
                && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            ),
    ];
}
