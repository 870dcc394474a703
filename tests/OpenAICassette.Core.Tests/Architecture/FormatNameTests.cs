namespace OpenAICassette.Tests;

public class FormatNameTests
{
    [Fact]
    public void No_folder_but_that_of_Llama_Stack_and_the_registry_names_its_format()
    {
        var naming =
            from file in SourceFiles.All
            where !file.Folder.StartsWith("Formats/LlamaStack", StringComparison.Ordinal)
            where File.ReadAllText(file.Path).Contains("LlamaStack", StringComparison.OrdinalIgnoreCase)
            select Path.GetFileName(file.Path);
        Assert.Equal(["CassetteFormats.cs"], naming);
    }

    [Fact]
    public void No_folder_but_those_of_formats_assumes_that_a_cassette_has_one_interaction()
    {
        var assuming =
            from file in SourceFiles.All
            where !file.Folder.StartsWith("Formats/", StringComparison.Ordinal)
            where File.ReadAllText(file.Path).Contains("Interactions[0]", StringComparison.Ordinal)
            select Path.GetFileName(file.Path);
        Assert.Empty(assuming);
    }
}
