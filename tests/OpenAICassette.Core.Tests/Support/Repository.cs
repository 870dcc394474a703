namespace OpenAICassette.Tests;

/// <summary>Where this product's own files are, found from where the tests run.</summary>
internal static class Repository
{
    /// <summary>The folder that holds OpenAICassette.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The engine's source.</summary>
    public static string CoreSource => Path.Join(Root, "src", "OpenAICassette.Core");

    /// <summary>The example that ships with the product: one line of JSON, a stream of 28 chunks.</summary>
    public static string Capitals => Path.Join(Root, "module", "examples", "capitals.json");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Join(folder.FullName, "OpenAICassette.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds OpenAICassette.slnx");
    }
}
