#!/usr/bin/env bash
# Serves the same recorded chat, whole and as a stream of some 50 events, with `cassette serve` and with aimock, in turn, and prints
# the requests per second that wrk counts, medians and ratios; then what wrk does not tell: memory, lateness, matching, readiness.
# Only this machine is asked. Usage: compare-server.sh [RECORDINGS] [RUNS] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
recordings=${1:-../shared/data/recordings}
runs=${2:-5}
seconds=${3:-2}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_PROXY='*'

work=$(mktemp -d)
started=()
finish() {
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT
has() { command -v "$1" >/dev/null 2>&1; }

dotnet publish src/OpenAICassette.Cli --configuration Release --output "$work/cli" --verbosity quiet --nologo >/dev/null
dotnet build tests/OpenAICassette.Benchmarks --configuration Release --output "$work/figures" --verbosity quiet --nologo >/dev/null
figures() { dotnet "$work/figures/OpenAICassette.Benchmarks.dll" server "$@"; }

# The answer: 47 pieces of 20 characters, so that with the role and the end there are 49 events and [DONE].
text= pieces=
for ((i = 0; i < 47; i++)); do
    piece=$(printf 'piece %02d of the text ' "$i" | cut -c1-20)
    text+=$piece
    pieces+=',{"__type__":"openai.types.chat.chat_completion_chunk.ChatCompletionChunk","__data__":{"id":"chatcmpl-1","choices":[{"delta":{"content":"'$piece'"},"finish_reason":null,"index":0}],"created":1,"model":"m","object":"chat.completion.chunk"}}'
done
head='{"request":{"method":"POST","url":"http://localhost/v1/v1/chat/completions","headers":{},"body":'
tail='"endpoint":"/v1/chat/completions","model":"m"},"response":{"body":'
body='{"model":"m","messages":[{"role":"user","content":"hello"}]'
mkdir "$work/cassettes"
cat >"$work/cassettes/json.json" <<JSON
$head$body},$tail{"__type__":"openai.types.chat.chat_completion.ChatCompletion","__data__":{"id":"chatcmpl-1","choices":[{"message":{"role":"assistant","content":"$text"},"finish_reason":"stop","index":0}],"created":1,"model":"m","object":"chat.completion"}},"is_streaming":false}}
JSON
cat >"$work/cassettes/stream.json" <<JSON
$head$body,"stream":true},$tail[{"__type__":"openai.types.chat.chat_completion_chunk.ChatCompletionChunk","__data__":{"id":"chatcmpl-1","choices":[{"delta":{"role":"assistant","content":""},"finish_reason":null,"index":0}],"created":1,"model":"m","object":"chat.completion.chunk"}}$pieces,{"__type__":"openai.types.chat.chat_completion_chunk.ChatCompletionChunk","__data__":{"id":"chatcmpl-1","choices":[{"delta":{},"finish_reason":"stop","index":0}],"created":1,"model":"m","object":"chat.completion.chunk"}}],"is_streaming":true}}
JSON
cat >"$work/fixture.json" <<JSON
{"fixtures":[{"match":{"userMessage":"hello"},"response":{"content":"$text"}}]}
JSON
for kind in json stream; do
    [ "$kind" = json ] && sent="$body}" || sent="$body,\"stream\":true}"
    printf '%s' "$sent" >"$work/$kind.body"
    printf 'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = [[%s]]\n' "$sent" >"$work/$kind.lua"
done

# Starts cassette serve; sets url and pid.
serve() {
    local ready=$work/ready.$RANDOM
    "$work/cli/cassette" serve "$@" --ready-file "$ready" >/dev/null 2>&1 &
    started+=($!)
    for ((wait = 0; wait < 300; wait++)); do
        [ -f "$ready" ] && break
        sleep 0.1
    done
    url=$(sed -E 's|.*"uri": *"([^"]*)/".*|\1|' "$ready")
    pid=$(sed -E 's|.*"pid": *([0-9]+).*|\1|' "$ready")
}

serve "$work/cassettes"
names=(cassette) urls=("$url") ours=$pid
if ! has wrk; then
    echo 'not compared: requests per second, for which wrk is needed'
else
    if has npm && (cd "$work" && npm install --no-audit --no-fund --ignore-scripts --silent @copilotkit/aimock@1.43.0 >/dev/null 2>&1); then
        port=$((20000 + RANDOM % 20000))
        node "$work/node_modules/@copilotkit/aimock/dist/cli.js" --port "$port" --fixtures "$work/fixture.json" --log-level silent >/dev/null 2>&1 &
        started+=($!)
        for ((wait = 0; wait < 100; wait++)); do
            curl -sf -o /dev/null -H 'Content-Type: application/json' --data "@$work/json.body" "http://127.0.0.1:$port/v1/chat/completions" && break
            sleep 0.1
        done
        names+=(aimock) urls+=("http://127.0.0.1:$port")
    else
        echo 'not compared: aimock, for which node and npm are needed'
    fi

    echo "wrk with 32 connections and one thread, $runs runs of $seconds s, $(nproc) cores"
    for i in "${!names[@]}"; do
        events=$(curl -sN -H 'Content-Type: application/json' --data "@$work/stream.body" "${urls[i]}/v1/chat/completions" | grep -c '^data:')
        echo "${names[i]}: $events events in the stream"
    done

    for ((run = 0; run <= runs; run++)); do
        for kind in json stream; do
            for i in "${!names[@]}"; do
                wrk -t1 -c32 -d"${seconds}s" -s "$work/$kind.lua" "${urls[i]}/v1/chat/completions" >"$work/wrk"
                grep -E 'Non-2xx|Socket errors' "$work/wrk" || true
                # The first round has everything compiled and is not counted.
                ((run == 0)) || awk '/Requests\/sec/ { print $2 }' "$work/wrk" >>"$work/$kind.${names[i]}"
            done
        done
        ((run == 0)) && first=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$ours/status")
    done

    median() { sort -n "$1" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'; }
    for kind in json stream; do
        mine=$(median "$work/$kind.cassette")
        if [ -f "$work/$kind.aimock" ]; then
            awk -v k="$kind" -v m="$mine" -v o="$(median "$work/$kind.aimock")" 'BEGIN { printf "%-7s %8.0f requests/s, aimock %8.0f: %.1f times\n", k, m, o, m / o }'
        else
            printf '%-7s %8.0f requests/s\n' "$kind" "$mine"
        fi
    done
    echo "memory under load: $first MB after the first round, $(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$ours/status") MB after the last"
fi

serve "$work/cassettes"
for kind in json stream; do figures beside-sockets "$url/" "$pid" "$work/cassettes/$kind.json" "$runs"; done
serve "$work/cassettes"
figures connections "$url/" "$pid" 1000
serve "$work/cassettes" --time-to-first-token 400 --tokens-per-second 20
figures pace "$url/" "$work/cassettes/stream.json" 500
figures pace "$url/" "$work/cassettes/stream.json" 2000
figures match 150000
if [ -d "$recordings" ]; then figures ready "$recordings"; else echo "not measured: readiness, for which there is no folder $recordings"; fi
