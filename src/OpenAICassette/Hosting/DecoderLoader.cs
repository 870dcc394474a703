using System.Runtime.CompilerServices;
using OpenAICassette.Formats.Toml;
using OpenAICassette.Text;

namespace OpenAICassette.Hosting;

/// <summary>Loads the decoders of TOML and zstd with their packages when one of them is needed for the first time.</summary>
internal static class DecoderLoader
{
    private static readonly OptionalAssembly s_assembly = new("OpenAICassette.Decoders", "decoders");

#pragma warning disable CA2255 // PowerShell loads this assembly as a program loads a plug-in; nothing refers to it.
    /// <summary>Registers the decoders, before the first member of this assembly is used.</summary>
    [ModuleInitializer]
    internal static void Register()
    {
        TomlDocument.Converter ??= new Toml();
        ContentCoding.Zstd ??= new Zstd();
    }
#pragma warning restore CA2255

    private sealed class Toml : ITomlConverter
    {
        private readonly Lazy<ITomlConverter> _converter = s_assembly.OnUse<ITomlConverter>(
            "OpenAICassette.TomlConverter"
        );

        public byte[] ToJson(ReadOnlySpan<byte> toml, CancellationToken cancellation) =>
            _converter.Value.ToJson(toml, cancellation);
    }

    private sealed class Zstd : IZstdDecoder
    {
        private readonly Lazy<IZstdDecoder> _decoder = s_assembly.OnUse<IZstdDecoder>("OpenAICassette.ZstdDecoder");

        public Stream Open(Stream packed) => _decoder.Value.Open(packed);

        public byte[] Pack(byte[] content) => _decoder.Value.Pack(content);
    }
}
