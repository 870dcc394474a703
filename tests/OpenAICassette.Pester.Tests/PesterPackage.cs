using System.Reflection;

namespace OpenAICassette.Pester.Tests;

/// <summary>The versions of Pester that the build downloaded.</summary>
internal static class PesterPackage
{
    /// <summary>Gets the version that runs all files.</summary>
    public static string MainVersion { get; } = Metadata("PesterVersion");

    /// <summary>Gets all versions, the main one first.</summary>
    public static IReadOnlyList<string> Versions { get; } =
    [MainVersion, .. Metadata("OlderPesterVersions").Split(';')];

    /// <summary>Returns the path by which a version is imported, so that no installed one is taken for it.</summary>
    public static string Manifest(string version) =>
        Path.Join(Metadata("PackageFolder"), "pester", version, "tools", "Pester.psd1");

    private static string Metadata(string key) =>
        typeof(PesterPackage)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == key)
            .Value!;
}
