using System.Xml.Linq;

namespace OpenAICassette.Hosting.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(params ReadOnlySpan<string> path) => File.ReadAllText(Path.Join([Root, .. path]));

    public static XDocument ReadXml(params ReadOnlySpan<string> path) => XDocument.Parse(Read(path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(folder!.FullName, "OpenAICassette.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
