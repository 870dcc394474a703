namespace OpenAICassette.Tests;

public class SourceFileTests
{
    [Fact]
    public void A_file_is_named_after_its_main_type() =>
        Assert.All(SourceFiles.All, file => Assert.Contains(Path.GetFileNameWithoutExtension(file.Path), file.Types));

    [Fact]
    public void Every_type_is_declared_in_one_file() =>
        Assert.All(CoreTypes.Declared, type => Assert.NotNull(SourceFiles.FolderOf(type)));

    [Fact]
    public void A_type_stands_in_the_namespace_of_its_folder_and_only_a_public_one_may_stand_in_the_root() =>
        Assert.All(CoreTypes.Declared, type =>
        {
            var ofFolder = $"OpenAICassette.{SourceFiles.FolderOf(type)!.Replace('/', '.')}";
            Assert.True(
                type.Namespace == ofFolder || (type.IsPublic && type.Namespace == "OpenAICassette"),
                $"{type.FullName} should be in {ofFolder}"
            );
        });

    [Fact]
    public void No_file_has_more_than_400_lines() =>
        Assert.All(SourceFiles.All, file => Assert.InRange(File.ReadLines(file.Path).Count(), 1, 400));
}
