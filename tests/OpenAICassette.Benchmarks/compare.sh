#!/usr/bin/env bash
# Runs cassette and every competitor that this machine has over the same folder, in turn, and prints medians and ratios.
# Whole processes are timed, start included: wall time as people wait, and processor time, which a busy machine changes
# less. Usage: compare.sh [RECORDINGS] [RUNS] [FOREIGN]
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
megabytes=$(find "$corpus" -type f -printf '%s\n' | awk '{ n += $1 } END { print n / 1e6 }')
echo "$files files, $megabytes MB, $(nproc) cores, median of $runs runs"

# Ten times as many files without ten times the disk: links to the same.
many=$work/many
mkdir "$many"
for ((copy = 0; copy < 10; copy++)); do cp -al "$corpus" "$many/$copy"; done

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

TIMEFORMAT='%R %U %S'
export LC_NUMERIC=C
unset LC_ALL
names=() commands=()
add() { names+=("$1"); commands+=("$2"); }
has() { command -v "$1" >/dev/null 2>&1 || { echo "not here: $1"; return 1; }; }
add 'cat' "find '$corpus' -type f -print0 | xargs -0 cat"
add 'cassette list --json' "'$cassette' list '$corpus' --json"
add 'cassette list --json --keys' "'$cassette' list '$corpus' --json --keys"
add 'cassette list --json --facts' "'$cassette' list '$corpus' --json --facts"
add 'cassette list --json, 10 x' "'$cassette' list '$many' --json"
add 'cassette grep, fixed text' "'$cassette' grep --text 'the capital' '$corpus' || true"
add 'cassette scrub --check' "'$cassette' scrub --check '$corpus' || true"
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
        figures=$( { time bash -c "${commands[i]}" >/dev/null 2>&1; } 2>&1)
        # The first round warms the page cache and is not counted.
        ((run == 0)) || echo "$figures" | awk '{ print $1 * 1000, ($2 + $3) * 1000 }' >>"$work/time.$i"
    done
done

# The median of a column.
median() { cut -d' ' -f"${2:-1}" "$1" | sort -n | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'; }
cat=$(median "$work/time.0")
node=
for i in "${!names[@]}"; do
    [ "${names[i]}" != 'node JSON.parse' ] || node=$(median "$work/time.$i" 2)
done
printf '\n%-30s %8s %8s %8s %9s %8s\n' command 'wall ms' 'cpu ms' 'MB/s' 'wall/cat' 'cpu/node'
for i in "${!names[@]}"; do
    awk -v name="${names[i]}" -v wall="$(median "$work/time.$i")" -v cpu="$(median "$work/time.$i" 2)" \
        -v cat="$cat" -v node="${node:-0}" -v megabytes="$megabytes" 'BEGIN {
            if (name ~ /10 x/) megabytes *= 10
            printf "%-30s %8.0f %8.0f %8.0f %9.2f %8s\n", name, wall, cpu, megabytes / wall * 1000, wall / cat,
                (node > 0 ? sprintf("%.2f", cpu / node) : "-") }'
done

# Cassettes of other recorders, beside what else reads their files: copies, so that starting a process counts little.
foreign=${3:-../shared/data/foreign}
pairs=()
pair() { pairs+=("$1|$2|$3|$4"); }
gather() {
    local target=$1 copies=$2 copy
    shift 2
    for ((copy = 0; copy < copies; copy++)); do
        mkdir -p "$target/$copy"
        find "$foreign" -path '*/_*' -prune -o -type f "$@" -print0 | xargs -0 cp --parents --target-directory "$target/$copy"
    done
}
if [ -d "$foreign" ]; then
    foreign=$(realpath "$foreign")
    gather "$work/yaml" 4 '(' -name '*.yaml' -o -name '*.yml' ')' ! -path '*/pydantic-*'
    gather "$work/json" 10 '(' -path '*/har/*' -o -path '*/nock/*' -o -path '*/test-proxy/*' -o -path '*/req_llm/*' \
        -o -path '*/symfony/*' -o -path '*/mastra/*' -o -path '*/test-server/*' ')'
    cat >"$work/load-json.js" <<'JS'
const fs = require('fs'), path = require('path');
const walk = d => { for (const e of fs.readdirSync(d, { withFileTypes: true })) {
  const p = path.join(d, e.name);
  if (e.isDirectory()) walk(p); else JSON.parse(fs.readFileSync(p, 'utf8').replace(/^\uFEFF/, '')); } };
walk(process.argv[2]);
JS
    cat >"$work/load-yaml.js" <<'JS'
const fs = require('fs'), path = require('path'), yaml = require('yaml');
const walk = d => { for (const e of fs.readdirSync(d, { withFileTypes: true })) {
  const p = path.join(d, e.name);
  if (e.isDirectory()) walk(p);
  else for (const one of yaml.parseAllDocuments(fs.readFileSync(p, 'utf8'), { logLevel: 'silent' }))
    try { one.toJS(); } catch { /* An alias without an anchor. */ } } };
walk(process.argv[2]);
JS
    cat >"$work/load-yaml.py" <<'PY'
import os, sys, yaml
class Loader(yaml.CSafeLoader): pass
def any_tag(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode): return loader.construct_scalar(node)
    return loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else loader.construct_mapping(node)
Loader.add_multi_constructor('', any_tag)
for d, _, names in os.walk(sys.argv[1]):
    for n in names:
        try:
            for one in yaml.load_all(open(os.path.join(d, n), encoding='utf-8'), Loader): pass
        except (yaml.YAMLError, TypeError): pass
PY
    if has node; then
        pair 'node JSON.parse' "node '$work/load-json.js' '$work/json'" "$work/json" JSON
        if NODE_PATH=${NODE_PATH:-} node -e "require('yaml')" 2>/dev/null; then
            pair 'node yaml' "node '$work/load-yaml.js' '$work/yaml'" "$work/yaml" YAML
        else
            echo "skipped: node's yaml (npm install yaml somewhere, and set NODE_PATH to its node_modules)"
        fi
    fi
    if has python3 && python3 -c 'import yaml; yaml.CSafeLoader' 2>/dev/null; then
        pair "PyYAML's C loader" "python3 '$work/load-yaml.py' '$work/yaml'" "$work/yaml" YAML
    else
        echo "skipped: PyYAML's C loader (python3-yaml)"
    fi
else
    echo "skipped: cassettes of other recorders; there is no folder $foreign"
fi

took() {
    local begin end
    begin=$(date +%s%N)
    bash -c "$1" >/dev/null 2>&1 || true
    end=$(date +%s%N)
    echo $(((end - begin) / 1000))
}
[ ${#pairs[@]} = 0 ] || printf '\n%-30s %10s %10s %8s\n' 'list --json beside' 'its ms' 'ours ms' 'times'
for line in ${pairs[@]+"${pairs[@]}"}; do
    IFS='|' read -r name command folder kind <<<"$line"
    rm -f "$work/theirs" "$work/ours"
    for ((run = 0; run <= runs; run++)); do
        theirs=$(took "$command") ours=$(took "'$cassette' list '$folder' --json")
        ((run == 0)) || { echo "$theirs" >>"$work/theirs"; echo "$ours" >>"$work/ours"; }
    done
    awk -v n="$name, $kind" -v t="$(median "$work/theirs")" -v o="$(median "$work/ours")" \
        'BEGIN { printf "%-30s %10.0f %10.0f %8.2f\n", n, t / 1000, o / 1000, t / o }'
done

if has pwsh && [ -d out/OpenAICassette ]; then
    echo
    pwsh -NoProfile -NonInteractive -File tests/OpenAICassette.Benchmarks/Compare-ConvertFromJson.ps1 -Path "$corpus"
else
    echo 'not compared: Get-Cassette and ConvertFrom-Json, for which a pwsh and the staged module are needed'
fi
