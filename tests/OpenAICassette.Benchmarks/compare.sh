#!/usr/bin/env bash
# Runs cassette and every competitor that this machine has over the same folder, in turn, and prints medians and ratios.
# Whole processes are timed, start included. Usage: compare.sh [RECORDINGS] [RUNS]
set -euo pipefail
cd "$(dirname "$0")/../.."
recordings=${1:-../shared/data/recordings}
runs=${2:-7}
[ -d "$recordings" ] || { echo "compare.sh: there is no folder $recordings; name one with recordings" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
corpus=$work/corpus
mkdir "$corpus"
files=0
for ((copy = 0; files < 3000; copy++)); do
    while IFS= read -r -d '' file && ((files < 3000)); do
        target=$corpus/$copy/${file#"$recordings"/}
        mkdir -p "${target%/*}"
        cp "$file" "$target"
        files=$((files + 1))
    done < <(find "$recordings" -name '*.json' -print0 | sort -z)
done
echo "$files files, $(du -sm --apparent-size "$corpus" | cut -f1) MB, $(nproc) cores, median of $runs runs"

dotnet publish src/OpenAICassette.Cli --configuration Release --output "$work/cli" --verbosity quiet --nologo >/dev/null
cassette=$work/cli/cassette

cat >"$work/parse.js" <<'JS'
const fs = require('fs'), path = require('path');
const walk = d => fs.readdirSync(d, { withFileTypes: true }).reduce((n, e) =>
  n + (e.isDirectory() ? walk(path.join(d, e.name)) : JSON.parse(fs.readFileSync(path.join(d, e.name), 'utf8')).request ? 1 : 0), 0);
console.log(walk(process.argv[2]));
JS
cat >"$work/parse.py" <<'PY'
import json, os, sys
print(sum(1 for d, _, names in os.walk(sys.argv[1]) for n in names if json.load(open(os.path.join(d, n)))['request']))
PY
cat >"$work/dump.py" <<'PY'
import json, os, sys
for d, _, names in os.walk(sys.argv[1]):
    out = os.path.join(sys.argv[2], os.path.relpath(d, sys.argv[1]))
    os.makedirs(out, exist_ok=True)
    for n in names:
        with open(os.path.join(out, n), 'w') as f:
            f.write(json.dumps(json.load(open(os.path.join(d, n))), indent=2) + '\n')
PY

names=() commands=()
add() { names+=("$1"); commands+=("$2"); }
has() { command -v "$1" >/dev/null 2>&1 || { echo "not here: $1"; return 1; }; }
add 'cat' "find '$corpus' -type f -print0 | xargs -0 cat"
add 'cassette list --json' "'$cassette' list '$corpus' --json"
add 'cassette list --json --keys' "'$cassette' list '$corpus' --json --keys"
add 'cassette verify' "'$cassette' verify '$corpus' || true"
add 'cassette transcript' "'$cassette' transcript '$corpus'"
# A new folder each time: a file system makes files slowly where others were just deleted.
add 'cassette transcript, site' "'$cassette' transcript '$corpus' --as html --out \$(mktemp -d '$work/site.XXXXXX')"
add 'cassette convert' "'$cassette' convert '$corpus' --to llama-stack --out '$work/converted'"
has node && add 'node JSON.parse' "node '$work/parse.js' '$corpus'"
has jq && add 'jq' "find '$corpus' -type f -print0 | xargs -0 jq -c .request.url"
has python3 && add 'python json.load' "python3 '$work/parse.py' '$corpus'"
has python3 && add 'python load and dump' "python3 '$work/dump.py' '$corpus' '$work/dumped'"

for ((run = 0; run <= runs; run++)); do
    for i in "${!names[@]}"; do
        begin=$(date +%s%N)
        bash -c "${commands[i]}" >/dev/null 2>&1
        end=$(date +%s%N)
        # The first round warms the page cache and is not counted.
        ((run == 0)) || echo $(((end - begin) / 1000)) >>"$work/time.$i"
    done
done

median() { sort -n "$1" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'; }
floor=$(median "$work/time.0")
printf '\n%-30s %10s %8s\n' command 'median ms' '/ cat'
for i in "${!names[@]}"; do
    time=$(median "$work/time.$i")
    awk -v n="${names[i]}" -v t="$time" -v f="$floor" 'BEGIN { printf "%-30s %10.0f %8.2f\n", n, t / 1000, t / f }'
done

if has pwsh && [ -d out/OpenAICassette ]; then
    echo
    pwsh -NoProfile -NonInteractive -File tests/OpenAICassette.Benchmarks/Compare-ConvertFromJson.ps1 -Path "$corpus"
else
    echo 'not compared: Get-Cassette and ConvertFrom-Json, for which a pwsh and the staged module are needed'
fi
