using System.IO.Compression;
using System.Text;
using OpenAICassette.Formats.Yaml;

namespace OpenAICassette.Tests;

/// <summary>Every scalar of the public YAML files: its text decodes to the value that the parser read.</summary>
public sealed class ScalarMapDataTests
{
    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    [SharedDataFact]
    public void Each_scalar_of_the_public_files_is_mapped_to_its_text()
    {
        var converter = new YamlConverter();
        var (scalars, styles) = (0, new Dictionary<YamlKind, int>());
        foreach (var file in Files())
        {
            var text = Read(file);
            var tree = converter.ReadTree(text, default);
            Assert.True(tree.Problem is null, file);
            foreach (var scalar in tree.Nodes.Where(node => node.IsScalar))
            {
                var places = converter.Map(text, scalar);
                if (places is null || !IsInOrder(scalar, places.Starts))
                {
                    Assert.Fail($"{file}, at {scalar.Start}: the {scalar.Kind} scalar is not what its text says");
                }

                styles[scalar.Kind] = styles.GetValueOrDefault(scalar.Kind) + 1;
                scalars++;
            }
        }

        Assert.Equal(167_076, scalars);
        Assert.Equal(5, styles.Count);
    }

    private static IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(SharedData.Foreign, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file.Replace(".gz", "", StringComparison.Ordinal)) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal);

    private static string Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (Path.GetExtension(file) == ".gz")
        {
            using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            packed.CopyTo(plain);
            bytes = plain.ToArray();
        }

        return s_utf8.GetString(bytes);
    }

    private static bool IsInOrder(YamlNode scalar, int[] indexes)
    {
        var last = scalar.Start;
        foreach (var index in indexes)
        {
            if (index < last || index > scalar.End)
            {
                return false;
            }

            last = index;
        }

        return true;
    }
}
