namespace OpenAICassette.Redaction.Rules;

/// <summary>Finds personal data. Off by default.</summary>
internal static class PersonalData
{
    /// <summary>Gets the rules.</summary>
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        new("email-address", "E-mail address")
        {
            Severity = SecretSeverity.Warning,
            Confidence = SecretConfidence.Medium,
            IsSecret = IsMail,
            Pattern =
                @"(?:""[^""\r\n@]{1,64}""|[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63})@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,5}(?:xn--[A-Za-z0-9-]{2,59}|\p{L}{2,24})",
            Examples =
            [
                "write to {l:6}.{l:8}@{l:9}mail.com today",
                "jürgen.{l:6}@münchner-{l:6}.de",
                "<\"{l:4} {l:6}\"@{l:8}.org>",
                "{l:6}@{l:5}.xn--p1ai",
                "{l:6}@my-example-{l:4}.com",
            ],
            CounterExamples = ["user@example.com", "git@github.com:a/b", "logo@2x.png", "@dataclass"],
        },
        new("payment-card", "Payment card number")
        {
            Severity = SecretSeverity.Warning,
            Confidence = SecretConfidence.Medium,
            IsSecret = IsCard,
            Pattern = @"(?:^|[^0-9.A-Za-z_-])(?<secret>[2-6][0-9](?:[ -]?[0-9]){11,17})(?:$|[^0-9A-Za-z_-])",
            Examples = ["card {card}"],
            CounterExamples = ["4111-2222-3333-4444-5", "1757525949123456789"],
        },
        new("phone-number", "Telephone number")
        {
            Severity = SecretSeverity.Warning,
            Confidence = SecretConfidence.Low,
            IsSecret = PhoneNumber.IsMarked,
            Pattern = PhoneNumber.Pattern,
            Examples =
            [
                "call (212) 580-{d:4}",
                "+44 20 7946 0{d:3}",
                "+4915{d:9}",
                "+49 (0)30 {d:7}",
                "030 {d:8}",
                "0171/{d:7}",
                "01 42 68 {d:2} {d:2}",
                "07700 900{d:3}",
                "03-{d:4}-{d:4}",
                "(11) 9{d:4}-{d:4}",
                "0412 {d:3} {d:3}",
                "+91-98765-{d:5}",
                "+1.650.253.{d:4}",
            ],
            CounterExamples =
            [
                "2026-11-22",
                "192.168.0.1",
                "2026-0004711-33",
                "1.25.300",
                "1.3.6.1.4.1.311.21.20",
                "1.2.840.113549.1.1",
                "10.0.19041.3570",
                "9400 1000 0000 0000 0000 00",
                "2026-11-22 10:15:30",
                "20261122101530",
                "22.11.2026",
                "0.123 0.456 0.789",
            ],
        },
        new("phone-number-by-name", "Telephone number that a text calls one")
        {
            Severity = SecretSeverity.Warning,
            Confidence = SecretConfidence.Low,
            IsSecret = PhoneNumber.IsPlain,
            Context =
            [
                "phone",
                "tel:",
                "tel.",
                "call me",
                "reach me",
                "text me",
                "ring me",
                "my number",
                "contact:",
                "mobile",
                "cell",
                "fax",
                "whatsapp",
                "móvil",
                "handy",
                "telef",
                "rufen",
                "appelez",
            ],
            Pattern = PhoneNumber.Pattern,
            Examples = ["my phone is 612 34{d:1} {d:3}", "Phone: 212555{d:4}", "mobile 98765 {d:5}"],
            CounterExamples = ["order 612 345 678", "id 2125551234", "phone model 2026-11-22"],
        },
        new("ip-address", "Public IP address")
        {
            Severity = SecretSeverity.Warning,
            Confidence = SecretConfidence.Medium,
            IsSecret = IsAddress,
            Pattern =
                @"(?:^|[^0-9A-Za-z_.])(?<secret>(?:[0-9]{1,3}\.){3}[0-9]{1,3})(?:$|[^0-9A-Za-z_.]|\.(?:$|[^0-9A-Za-z]))|\b(?<secret>(?:[0-9A-Fa-f]{1,4}:){3,7}(?::?[0-9A-Fa-f]{1,4}){1,4})\b",
            Examples = ["from 194.242.22.1{d:2}", "2a01:4f8:c17:{h:4}::1"],
            CounterExamples = ["127.0.0.1", "1.3.6.1.4.1.311.21.20", "version 10.0.401.17", "192.168.1.20", "0.0.0.0"],
        },
        new("iban", "Bank account number")
        {
            Severity = SecretSeverity.Warning,
            IsSecret = IsIban,
            Pattern = @"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b",
            Examples = ["GB82 WEST 1234 5698 7654 32"],
            CounterExamples = ["GB82 WEST 1234 5698 7654 33"],
        },
        new("us-social-security-number", "Social security number of the United States")
        {
            Severity = SecretSeverity.Warning,
            Confidence = SecretConfidence.Medium,
            Context = ["ssn", "social security"],
            IsSecret = IsSocialSecurityNumber,
            Pattern = @"\b(?:[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{3} [0-9]{2} [0-9]{4}|[0-9]{9})\b",
            Examples = ["SSN 123-45-6{d:2}1", "social security number: 123 45 6{d:2}1", "ssn=12345{d:4}"],
            CounterExamples = ["part 123-45-6789", "SSN 000-12-3456", "SSN 900-12-3456", "SSN 123-00-4567"],
        },
    ];

    /// <summary>Returns whether a number is not in the ranges that are never issued.</summary>
    private static bool IsSocialSecurityNumber(string value)
    {
        var digits = string.Concat(value.Where(char.IsAsciiDigit));
        return digits[..3] is not ("000" or "666") && digits[0] != '9' && digits[3..5] != "00" && digits[5..] != "0000";
    }

    private static bool IsMail(string value)
    {
        var domain = value[(value.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return !value.StartsWith("git@", StringComparison.Ordinal)
            && !IsReserved(domain)
            && domain.Split('.')[^1]
                is not ("png" or "jpg" or "gif" or "svg" or "webp" or "js" or "css" or "local" or "test" or "invalid");
    }

    /// <summary>
    /// Returns whether nobody can have an address in a domain, because it is for documentation (RFC 2606).
    /// </summary>
    private static bool IsReserved(string domain) =>
        domain.EndsWith(".example", StringComparison.OrdinalIgnoreCase)
        || s_reserved.Any(name =>
            domain.Equals(name, StringComparison.OrdinalIgnoreCase)
            || domain.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)
        );

    private static readonly string[] s_reserved = ["example.com", "example.org", "example.net", "example.edu"];

    /// <summary>Verifies the check digit of ISO/IEC 7812 (Luhn).</summary>
    private static bool IsCard(string value)
    {
        int sum = 0,
            count = 0;
        for (var i = value.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(value[i]))
            {
                continue;
            }

            var digit = value[i] - '0';
            digit = count % 2 == 1 ? digit * 2 : digit;
            sum += digit > 9 ? digit - 9 : digit;
            count++;
        }

        return count is >= 13 and <= 19 && sum % 10 == 0 && value.Distinct().Count() > 3;
    }

    /// <summary>Returns whether an address is public; loopback and private addresses identify nobody.</summary>
    private static bool IsAddress(string value)
    {
        if (!System.Net.IPAddress.TryParse(value, out var address))
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        return bytes.Length == 16
            ? !address.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal && value.Length >= 7
            : bytes[0] is not (0 or 10 or 127 or >= 224)
                && !(bytes[0] == 192 && bytes[1] == 168)
                && !(bytes[0] == 172 && bytes[1] is >= 16 and < 32)
                && !(bytes[0] == 169 && bytes[1] == 254)
                && value.Split('.').All(part => part.Length == 1 || part[0] != '0')
                && bytes[1] + bytes[2] + bytes[3] > 6;
    }

    /// <summary>Verifies ISO 13616: the remainder by 97 is 1.</summary>
    private static bool IsIban(string value)
    {
        var plain = value.Replace(" ", string.Empty, StringComparison.Ordinal);
        var rest = 0;
        foreach (var unit in plain[4..] + plain[..4])
        {
            rest = char.IsAsciiDigit(unit) ? ((rest * 10) + unit - '0') % 97 : ((rest * 100) + unit - 'A' + 10) % 97;
        }

        return plain.Length is >= 15 and <= 34 && rest == 1;
    }
}
