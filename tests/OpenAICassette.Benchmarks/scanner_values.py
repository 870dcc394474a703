"""Fresh values of the kinds of secrets that other scanners find, made from the patterns in checkouts of them."""
import base64, glob, json, os, random, re, string, sys, tomllib
from re import _constants as op, _parser as parser

PRINTABLE = [chr(unit) for unit in range(33, 127)]
PLAIN = string.ascii_letters + string.digits
SHORTEST_RANDOM = 10

# The length of a part for which a pattern has no limit, or one far away.
USUAL = 24

# Kinds that are no secrets, because they are public (keys for pages, ids, names of hosts), or of which the pattern says
# nothing, because any text is one.
UNUSED = re.compile(
    r"(?i)client[-_ ]?id|pub(lic|lishable)?[-_ ]?(api[-_ ]?)?key|-pub-|pubpat|subpat|app-id|recipient|\barn\b|bucket"
    r"|host|portal|(access|account|project|instance|tenant|planetscale|ramp)[-_ ]?(id|name|url|identifier)"
    r"|instancePat|tenantOn|domain|subscribe|posthog-project|np.generic|np.s3|np.gcs|mapbox-api|lark|mobile-sdk"
    r"|serverPat|iadPat|azureRedis|Client Credentials|Google OAuth Credentials|couchbase.conn|jfrog-url"
    r"|client-(sdk-)?key|server-client|Mapbox Public|^gcp|kingfisher.gcp|^(generic|jdbc|uri|user|ftp|ldap|gemini)\."
)



class Value:
    """A text with a mask that tells its random characters."""

    def __init__(self, text="", mask=""):
        self.text, self.mask = text, mask

    def __add__(self, other):
        return Value(self.text + other.text, self.mask + other.mask)

    @property
    def literal(self):
        runs = [m.group() for m in re.finditer(r"L+", self.mask)]
        at = [m.start() for m in re.finditer(r"L+", self.mask)]
        texts = [self.text[a : a + len(r)] for a, r in zip(at, runs)]
        return max((len(t) for t in texts if any(c.isalnum() for c in t)), default=0)

    @property
    def random(self):
        """The longest run of random characters, at most 16 of them from its middle."""
        run = max(re.finditer(r"R+", self.mask), key=lambda m: len(m.group()), default=None)
        if run is None:
            return ""
        text = self.text[run.start() : run.end()]
        middle = max(0, len(text) // 2 - 8)
        return text[middle : middle + 16]


def units(items):
    """The characters of a class."""
    negated, found = False, set()
    for kind, value in items:
        if kind is op.NEGATE:
            negated = True
        elif kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE:
            found.update(chr(unit) for unit in range(value[0], min(value[1], 126) + 1))
        elif kind is op.CATEGORY:
            name = str(value)
            if "NOT" in name:
                found.update(PLAIN + "-_")
            else:
                found.update(string.digits if "DIGIT" in name else " " if "SPACE" in name else PLAIN + "_")
    return [c for c in PLAIN if c not in found] or ["-"] if negated else sorted(found & set(PRINTABLE)) or [" "]


def make(tree, rnd, groups, repeated=False):
    """A random text that the pattern matches. A dot that is not repeated is one that its author did not escape."""
    out = Value()
    for kind, value in tree:
        if kind is op.LITERAL:
            out += Value(chr(value), "L")
        elif kind is op.ANY:
            out += Value(".", "L") if not repeated else Value(rnd.choice(PLAIN), "R")
        elif kind is op.NOT_LITERAL:
            out += Value(rnd.choice(PLAIN), "R")
        elif kind is op.IN:
            letters = units(value)
            out += Value(rnd.choice(letters), "L" if len(letters) <= 3 else "R")
        elif kind is op.BRANCH:
            out += make(rnd.choice(value[1]), rnd, groups)
        elif kind is op.SUBPATTERN:
            inner = make(value[3], rnd, groups)
            if value[0] is not None:
                groups[value[0]] = inner
            out += inner
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, inner = value
            if most > least + 40:
                least = max(least, USUAL)
                most = min(most, least + 12)
            for _ in range(rnd.randint(least, most)):
                out += make(inner, rnd, groups, repeated=True)
        elif kind is op.ATOMIC_GROUP:
            out += make(value, rnd, groups)
        elif kind is op.GROUPREF:
            out += groups.get(value, Value())
    return out


def parse(pattern):
    """The tree of a pattern in the syntax of RE2, Rust, .NET or JavaScript."""
    flags = re.X if re.match(r"\s*\(\?[a-wyz]*x", pattern) else 0
    pattern = re.sub(r"\(\?[a-z]+\)", "", pattern)
    pattern = re.sub(r"\(\?[a-z]*-?[a-z]+:", "(?:", pattern)
    pattern = re.sub(r"\(\?<(?![=!])", "(?P<", pattern).replace(r"\z", r"\Z").replace(r"\p{L}", "[A-Za-z]")
    pattern = re.sub(r"\[\[:alnum:\]\]", "[A-Za-z0-9]", pattern).replace("[:alnum:]", "A-Za-z0-9")
    return parser.parse(pattern, flags)


def values(pattern, rnd, count, group=None):
    """Fresh values of a pattern; none if it cannot be read."""
    try:
        tree = parse(pattern)
    except (re.error, OverflowError, TypeError):
        return
    names = tree.state.groupdict
    for _ in range(count):
        groups = {}
        whole = make(tree, rnd, groups)
        best = max(groups.values(), key=lambda part: part.mask.count("R"), default=whole)
        group = names.get("refine", group)
        chosen = best if group == -1 else groups.get(group, whole)
        chosen = encoded(chosen, rnd)
        if sum(c == "R" for c in chosen.mask) >= SHORTEST_RANDOM and " " not in chosen.text and len(chosen.random) >= 6:
            yield chosen


def encoded(value, rnd):
    """
    What a pattern only hints at: a JSON web token or a private key in base64, whose first part is not random; and the
    password or the path of a URL, without its host.
    """
    if url := re.match(r"[a-z+]+://[^:/]*:([^@]+)@", value.text):
        at, end = url.span(1)
        return Value(value.text, "L" * at + value.mask[at:end] + "L" * (len(value.text) - end))
    if url := re.match(r"https?://[^/]*", value.text):
        return Value(value.text, "L" * url.end() + value.mask[url.end() :])
    if re.match(r"(ey|ew)[^.]+\.[^.]{10,}(\.|$)", value.text):
        return token(rnd)
    if value.text.startswith("ZXlK"):
        text = base64.b64encode(token(rnd).text.encode()).decode()
    elif value.text.startswith("LS0tLS1CRUdJTiB"):
        lines = [base64.b64encode(rnd.randbytes(48)).decode() for _ in range(12)]
        lines[0] = "MIIE" + lines[0][4:]
        text = "-----BEGIN RSA PRIVATE KEY-----\n" + "\n".join(lines) + "\n-----END RSA PRIVATE KEY-----\n"
        text = base64.b64encode(text.encode()).decode()
    else:
        return value
    return Value(text, "L" * 24 + "R" * (len(text) - 24))


def token(rnd):
    def part(value):
        return base64.urlsafe_b64encode(value).decode().rstrip("=")

    header = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    claims = part(json.dumps({"sub": rnd.randbytes(12).hex(), "iat": 1750000000 + rnd.randrange(10**7)}).encode())
    begin = f"{header}.{claims}."
    return Value(begin, "L" * len(begin)) + Value(part(rnd.randbytes(32)), "R" * 43)


# The readers give (kind of secret, name of the service, pattern, group of the secret) for each rule of a scanner.


def toml_rules(path):
    for rule in tomllib.load(open(path, "rb"))["rules"]:
        if rule.get("regex") and not rule["id"].startswith("generic"):
            yield rule["id"], rule["id"].split("-")[0], rule["regex"], rule.get("secretGroup", 1)


def trufflehog_rules(folder):
    wanted = re.compile(r"(?i)(key|tok|secret|pat$|pass|cred)")
    unwanted = re.compile(r"(?i)(id|ur[li]|host|domain|user|email|account|endpoint|region|name)s?(pat|regex)?$")
    for path in sorted(glob.glob(f"{folder}/pkg/detectors/**/*.go", recursive=True)):
        if path.endswith("_test.go"):
            continue
        for name, code in re.findall(r"(\w+)\s*=\s*regexp\.MustCompile\((.*)\)\s*(?://.*)?$", open(path).read(), re.M):
            if wanted.search(name) and not unwanted.search(name):
                words = re.search(r"PrefixRegex\(\[\]string\{\s*\"([^\"]+)\"", code)
                pattern = "".join(re.findall(r"`([^`]*)`", code))
                service = words.group(1) if words else path.split("/detectors/")[1].split("/")[0]
                yield f"{os.path.basename(path)[:-3]}.{name}", service, pattern, -1


def yaml_rules(folder):
    import yaml

    for path in sorted(glob.glob(f"{folder}/**/rules/*.yml", recursive=True)):
        for rule in yaml.safe_load(open(path)).get("rules", []):
            if not re.search(r"(?i)generic|hash|credentials? (in|for) |\bid\b|username|url", rule["name"]):
                yield f"{rule['id']} {rule['name']}", os.path.basename(path)[:-4], rule["pattern"], -1


def microsoft_rules(folder):
    rules = {}
    for path in glob.glob(f"{folder}/GeneratedRegexPatterns/*Security*.json"):
        for rule in json.load(open(path)):
            if not re.search(r"Unclassified|Url|Hash|LooseSymmetric|LooseOAuth", rule["Name"]):
                rules[rule["Name"]] = rule["Pattern"]
    for name, pattern in sorted(rules.items()):
        yield name, re.match(r"[A-Z]+[a-z]*", name).group(), pattern, None


def secretlint_rules(folder):
    for path in sorted(glob.glob(f"{folder}/packages/@secretlint/secretlint-rule-*/src/*.ts")):
        service = path.split("secretlint-rule-")[1].split("/")[0]
        if not re.search("filter-comments|no-homedir|basicauth|database|secp256k1", service):
            for pattern in re.findall(r"/((?:\(\?<!|\\b)[^\n]{20,})/g[a-z]*", open(path).read()):
                yield f"{service}", service, pattern.replace(r"\/", "/"), 0


def detect_secrets_rules(folder):
    for path in sorted(glob.glob(f"{folder}/detect_secrets/plugins/*.py")):
        service = os.path.basename(path)[:-3]
        if service not in ("keyword", "high_entropy_strings", "ip_public", "basic_auth", "base", "jwt", "private_key"):
            for pattern in re.findall(r"re\.compile\(\s*((?:r'(?:[^'\\]|\\.)*'\s*)+)\s*[,)]", open(path).read()):
                text = "".join(re.findall(r"r'((?:[^'\\]|\\.)*)'", pattern))
                text = re.sub(r'\(\?:\\s\|=\|:\|"\|\^\)|\(\?:\\s\|"\|\$\)|AccountKey=', "", text)
                if "{begin}" not in text and "{http}" not in text and "%s" not in text and "{{" not in text:
                    yield service, service.split("_")[0], text, 0


SCANNERS = {
    "gitleaks": lambda folder: toml_rules(f"{folder}/config/gitleaks.toml"),
    "betterleaks": lambda folder: toml_rules(f"{folder}/config/betterleaks.toml"),
    "trufflehog": trufflehog_rules,
    "noseyparker": yaml_rules,
    "kingfisher": yaml_rules,
    "detect-secrets": detect_secrets_rules,
    "secretlint": secretlint_rules,
    "security-utilities": microsoft_rules,
}


def cases(folder, count, seed):
    for scanner, read in SCANNERS.items():
        root = next(iter(sorted(glob.glob(f"{folder}/*{scanner}"))), None)
        if root is None:
            print(f"not here: {scanner}", file=sys.stderr)
            continue
        for kind, service, pattern, group in read(root):
            if UNUSED.search(kind):
                continue
            rnd = random.Random(f"{seed} {scanner} {kind}")
            for value in values(pattern, rnd, count, group):
                own = value.literal >= 3
                yield {"scanner": scanner, "kind": kind, "service": service, "value": value, "own": own, "rnd": rnd}
