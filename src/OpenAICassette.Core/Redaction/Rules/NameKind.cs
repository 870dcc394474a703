namespace OpenAICassette.Redaction.Rules;

/// <summary>Specifies what a name says about its value.</summary>
internal enum NameKind
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>It may be a key of anything, including a table.</summary>
    Weak,

    /// <summary>It is a token, which may also be a piece of text.</summary>
    Token,

    /// <summary>It is a generated credential.</summary>
    Key,

    /// <summary>It is a password, which a person may have chosen.</summary>
    Password,

    /// <summary>It is the id of a session.</summary>
    Session,

    /// <summary>It is an Authorization header field or a similar one.</summary>
    Authorization,

    /// <summary>It is a Cookie header field.</summary>
    Cookie,

    /// <summary>It is a Set-Cookie header field.</summary>
    SetCookie,
}
