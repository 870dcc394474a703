namespace OpenAICassette;

/// <summary>
/// Specifies why a cassette cannot be found, read or written. The names are the stable error ids of the cmdlets.
/// </summary>
public enum CassetteError
{
    /// <summary>There is no such file or folder.</summary>
    CassetteNotFound,

    /// <summary>The file is there but its bytes could not be read: permissions, a device, too large.</summary>
    CassetteUnreadable,

    /// <summary>The bytes are not UTF-8 text or not JSON.</summary>
    CassetteInvalidJson,

    /// <summary>The file is written in YAML, and the text is not valid YAML.</summary>
    CassetteInvalidYaml,

    /// <summary>The file is written in YAML, and the assembly that reads YAML is not there.</summary>
    YamlUnavailable,

    /// <summary>The text is valid, but no known cassette format has this shape.</summary>
    CassetteFormatUnknown,

    /// <summary>The cassette has no interaction at the position that was asked for.</summary>
    InteractionNotFound,

    /// <summary>The file is no longer the one that was listed.</summary>
    CassetteChanged,

    /// <summary>
    /// The cassette was edited in another process and never written, so its bytes are not to be had here.
    /// </summary>
    CassetteNotRehydratable,

    /// <summary>The cassette could not be written; what was there before is as it was.</summary>
    CassetteNotWritten,

    /// <summary>
    /// The file could not be looked through for secrets to its end: it unpacks to too much, or a rule takes too long.
    /// </summary>
    CassetteNotSearched,

    /// <summary>An error in this program while it worked on the file. The others go on.</summary>
    InternalError,

    /// <summary>The file is written in TOML, and the text is not valid TOML.</summary>
    CassetteInvalidToml,

    /// <summary>The file, or a body in it, needs a decoder of OpenAICassette.Decoders, which is not there.</summary>
    DecoderUnavailable,

    /// <summary>
    /// The file is a cassette that is broken: it is cut off, or a body in it is not what the file says or decodes to too
    /// much.
    /// </summary>
    CassetteDamaged,
}
