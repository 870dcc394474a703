#!/usr/bin/env python3
"""Measures how many secrets of other scanners' kinds are found, by scanner and by the place where a secret is.

compare-vectors.py RULES CASSETTE [--count N] [--seed N] [--missed FILE] [--secretlint PROGRAM]

RULES      a folder with checkouts of the scanners, each named like its repository (gitleaks, trufflehog, …)
CASSETTE   the program `cassette`

For each pattern of a scanner, values are made with random characters from the whole alphabet of the pattern, and each
is planted in every place. A value counts as found if its random part is not in the output of `cassette scrub`. A kind
has a form of its own if its pattern has a literal of three or more characters; other kinds need context.
"""
import argparse, json, os, re, shutil, subprocess, sys, tempfile

from scanner_values import SCANNERS, cases

# Places: each gives the content of a file, and its extension.

SENTENCES = [
    "my {service} token is {value}",
    "Please use the {service} API key {value} to list the projects.",
    "You can take {value} as the {service} key.",
    "The {service} secret: {value}",
    "log in to {service} with the access token {value}, then stop",
    "{service} API key = {value}",
    "here is our {service} key {value}.",
    "{value} is the {service} API token",
    "Call {service} with token={value} and print the result",
    "The key for {service} is {value}, keep it safe.",
    "our {service} credentials are {value}",
    "export {upper}_API_KEY={value}",
]
FIELDS = ["{name}_api_key", "{name}_token", "{name}_secret", "{name}-access-token", "{name}ApiKey", "api_key"]


def chat(content):
    return {
        "request": {
            "method": "POST",
            "url": "https://api.openai.com/v1/chat/completions",
            "headers": {},
            "body": {"model": "gpt-4o", "messages": [{"role": "user", "content": content}]},
            "endpoint": "/v1/chat/completions",
            "model": "gpt-4o",
        },
        "response": {"body": {"id": "chatcmpl-1", "object": "chat.completion", "choices": []}, "is_streaming": False},
    }


def chat_event(piece):
    choice = {"index": 0, "delta": {"content": piece}}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [choice]}


def response_event(piece):
    place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    return {"type": "response.output_text.delta", **place, "delta": piece}


def message_event(piece):
    return {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}}


def argument_event(piece):
    call = {"index": 0, "function": {"arguments": piece}}
    choice = {"index": 0, "delta": {"tool_calls": [call]}}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [choice]}


def stream(content, rnd):
    """Events of a provider, each with the next few characters; as they are, or in a recording."""
    event = rnd.choice([chat_event, response_event, message_event, argument_event])
    text = json.dumps({"note": content}) if event is argument_event else content
    pieces = re.findall(r"(?s).{1,%d}" % rnd.randint(1, 9), text)
    body = "".join(f"data: {json.dumps(event(piece))}\n\n" for piece in pieces)
    return body if rnd.random() < 0.5 else json.dumps({"request": {"url": "x"}, "response": {"body": body}})


def sentence(case):
    service = case["service"]
    upper = re.sub(r"\W+", "_", service).upper()
    return case["rnd"].choice(SENTENCES).format(service=service.capitalize(), upper=upper, value=case["value"].text)


def field(case):
    name = re.sub(r"\W+", "_", case["service"].lower())
    return {case["rnd"].choice(FIELDS).format(name=name): case["value"].text}


def tool(text):
    call = {"id": "call_1", "type": "function", "function": {"name": "run", "arguments": text}}
    body = chat("run it")
    body["request"]["body"]["messages"].append({"role": "assistant", "tool_calls": [call]})
    return json.dumps(body)


PLACES = {
    "bare": (".txt", lambda case: case["value"].text + "\n"),
    "message": (".json", lambda case: json.dumps(chat(f"Here it is: {case['value'].text} , please look"))),
    "stream": (".txt", lambda case: stream(f"Here it is: {case['value'].text} , please look", case["rnd"])),
    "field": (".json", lambda case: tool(json.dumps(field(case)))),
    "sentence": (".json", lambda case: json.dumps(chat(sentence(case)))),
    "sentence in stream": (".txt", lambda case: stream(sentence(case), case["rnd"])),
    "sentence in argument": (".json", lambda case: tool(json.dumps({"note": sentence(case)}))),
}
NEED_CONTEXT = ["field", "sentence", "sentence in stream", "sentence in argument"]


def text_of(path):
    """The text of an output file; what the chunks of a stream spell is put together."""
    text = open(path, encoding="utf-8", errors="replace").read()
    if text.startswith('{"request": {"url": "x"}'):
        text = json.loads(text)["response"]["body"]
    if not text.startswith("data:"):
        return text
    events = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]
    return "".join(piece for event in events for piece in pieces_of(event))


def pieces_of(node):
    """The texts in an event that a stream spells."""
    for name, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, (dict, list)):
            yield from pieces_of(value)
        elif name in ("content", "text", "arguments", "delta"):
            yield value


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rules")
    arguments.add_argument("cassette")
    arguments.add_argument("--count", type=int, default=5)
    arguments.add_argument("--seed", default="1")
    arguments.add_argument("--missed", help="a file for the values that were not found")
    arguments.add_argument("--secretlint", help="secretlint, to run on the same files")
    chosen = arguments.parse_args()
    planted = list(cases(chosen.rules, chosen.count, chosen.seed))
    missed = open(chosen.missed, "w") if chosen.missed else None
    scanners = [s for s in SCANNERS if any(case["scanner"] == s for case in planted)]
    print(f"{len(planted)} values, {sum(c['own'] for c in planted)} with a form of their own")
    programs = ["cassette"] + (["secretlint"] if chosen.secretlint else [])
    print(f"{'place':38} {'program':10} {'all':>14} " + " ".join(f"{s:>18}" for s in scanners))
    for place, (extension, write) in PLACES.items():
        for own in (True, False):
            if not own and place not in NEED_CONTEXT:
                continue
            some = [case for case in planted if case["own"] == own]
            work = tempfile.mkdtemp(prefix="cassette-vectors-")
            for index, case in enumerate(some):
                with open(f"{work}/{index:06}{extension}", "w") as file:
                    file.write(write(case))
            for program in programs:
                search = found_by_cassette if program == "cassette" else found_by_secretlint
                found = search(chosen, work, some, extension)
                title = f"{place}, {'form of its own' if own else 'needs context'}"
                cells = []
                for scanner in [None, *scanners]:
                    of = [hit for case, hit in zip(some, found) if scanner in (None, case["scanner"])]
                    cells.append(f"{100 * sum(of) / len(of):5.1f} % of {len(of):4}" if of else "-")
                print(f"{title:38} {program:10} {cells[0]:>14} " + " ".join(f"{c:>18}" for c in cells[1:]), flush=True)
                for index, (case, hit) in enumerate(zip(some, found)):
                    if missed and program == "cassette" and not hit:
                        row = [place, "own" if own else "context", case["scanner"], case["kind"], case["service"]]
                        text = text_of(f"{work}/{index:06}{extension}")
                        row += [case["value"].text, text[:300] if "sentence" in place else ""]
                        missed.write("\t".join(row) + "\n")
            shutil.rmtree(work)


def found_by_cassette(chosen, work, some, extension):
    out = tempfile.mkdtemp(prefix="cassette-vectors-")
    run = subprocess.run([chosen.cassette, "scrub", work, "--out", out], capture_output=True, text=True)
    if len(os.listdir(out)) != len(some):
        sys.exit(f"cassette wrote {len(os.listdir(out))} of {len(some)} files: {run.stderr[:2000]}")
    found = [case["value"].random not in text_of(f"{out}/{i:06}{extension}") for i, case in enumerate(some)]
    shutil.rmtree(out)
    return found


def found_by_secretlint(chosen, work, some, extension):
    rules = f"{work}/rules"
    with open(rules, "w") as file:
        json.dump({"rules": [{"id": "@secretlint/secretlint-rule-preset-recommend"}]}, file)
    command = [chosen.secretlint, "--secretlintrc", rules, "--format", "unix", f"{work}/*{extension}"]
    run = subprocess.run(command, capture_output=True, text=True)
    os.remove(rules)
    return [f"{i:06}{extension}:" in run.stdout for i in range(len(some))]


if __name__ == "__main__":
    main()
