#!/usr/bin/env bash
# Looks for secrets in the same folder with cassette and every competitor that this machine has, in turn, and prints medians and ratios;
# then how many of the planted secrets of a public set each one finds, and in how many clean files it finds any.
# Whole processes are timed, start included. Usage: compare-secrets.sh [SHARED] [RUNS]
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${1:-../shared}
runs=${2:-5}
[ -d "$shared/data/recordings" ] || { echo "compare-secrets.sh: there is no folder $shared/data/recordings" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/set" "$work/found"
tar -xzf "$shared/data/secret-eval-public.tar.gz" -C "$work/set"
truth=$(find "$work/set" -name truth.jsonl)
set=${truth%/*}
cp -r "$shared/data/recordings" "$work/recordings"

dotnet publish src/OpenAICassette.Cli --configuration Release --output "$work/cli" --verbosity quiet --nologo >/dev/null
cassette=$work/cli/cassette

names=() commands=()
add() { names+=("$1"); commands+=("$2"); }
has() { command -v "$1" >/dev/null 2>&1 || { echo "not here: $1"; return 1; }; }

# Each command looks through the folder $folder and prints lines that name the files in which it found something.
add 'cassette scrub --check' "'$cassette' scrub --check \"\$folder\""
has gitleaks && add 'gitleaks' 'gitleaks dir --no-banner --exit-code 0 --report-format csv --report-path /dev/stdout "$folder"'
has betterleaks && add 'betterleaks' 'betterleaks dir --no-banner --exit-code 0 --report-format csv --report-path /dev/stdout "$folder"'
has secretlint && {
    echo '{"rules":[{"id":"@secretlint/secretlint-rule-preset-recommend"}]}' >"$work/secretlintrc.json"
    add 'secretlint' "secretlint --secretlintrc '$work/secretlintrc.json' --format unix --no-glob \$(find \"\$folder\" -type f)"
}

echo "$(find "$work/recordings" -type f | wc -l) recordings, $(du -sm --apparent-size "$work/recordings" | cut -f1) MB, $(nproc) cores, median of $runs runs"
for ((run = 0; run <= runs; run++)); do
    for i in "${!names[@]}"; do
        begin=$(date +%s%N)
        folder=$work/recordings bash -c "${commands[i]}" >"$work/found/$i" 2>/dev/null || true
        end=$(date +%s%N)
        # The first round warms the page cache and is not counted.
        ((run == 0)) || echo $(((end - begin) / 1000)) >>"$work/time.$i"
    done
done

# How many of the files of a list stand in what a command printed.
named() { local count=0; while IFS= read -r file; do ! grep -qF "${file##*/}" "$2" || count=$((count + 1)); done <"$1"; echo "$count"; }

median() { sort -n "$1" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'; }
(cd "$set" && find planted -type f | sort) >"$work/planted"
(cd "$set" && find clean -type f | sort) >"$work/clean"
first=$(median "$work/time.0")
printf '\n%-24s %10s %10s %18s %16s %14s\n' command 'median ms' '/ cassette' 'files with a leak' 'clean files hit' 'recordings hit'
for i in "${!names[@]}"; do
    folder=$set/planted bash -c "${commands[i]}" >"$work/leaks" 2>/dev/null || true
    folder=$set/clean bash -c "${commands[i]}" >"$work/false" 2>/dev/null || true
    time=$(median "$work/time.$i")
    printf '%-24s %10s %10s %18s %16s %14s\n' "${names[i]}" $((time / 1000)) "$(awk -v t="$time" -v f="$first" 'BEGIN { printf "%.2f", t / f }')" \
        "$(named "$work/planted" "$work/leaks")/$(wc -l <"$work/planted")" "$(named "$work/clean" "$work/false")/$(wc -l <"$work/clean")" "$(grep -c . "$work/found/$i" || true)"
done
