namespace OpenAICassette.Redaction.Rules;

/// <summary>What a name says about the value it is given.</summary>
internal enum NameKind
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>It may be a key of anything, also of a table.</summary>
    Weak,

    /// <summary>It is a token, which may also be a piece of text.</summary>
    Token,

    /// <summary>It is a credential that a machine made.</summary>
    Key,

    /// <summary>It is a password, which a person may have chosen.</summary>
    Password,

    /// <summary>It is the id of a session.</summary>
    Session,

    /// <summary>It is an Authorization header field, or one like it.</summary>
    Authorization,

    /// <summary>It is a Cookie header field.</summary>
    Cookie,

    /// <summary>It is a Set-Cookie header field.</summary>
    SetCookie,
}
