"""YAML as Python values."""
import json

from scenarios.commands import kubectl


def read(path):
    return documents(path.read_text()) if path.exists() else []


def documents(yaml):
    """Converted by kubectl, which needs no cluster for it."""
    answer = kubectl("label", "--local", "--filename", "-", "--output", "json", "read-by=e2e", given=yaml).stdout
    found, decoder, at = [], json.JSONDecoder(), 0
    while answer[at:].strip():
        one, end = decoder.raw_decode(answer[at:].lstrip())
        at = len(answer) - len(answer[at:].lstrip()) + end
        found += one["items"] if one.get("kind") == "List" else [one]
    return found


def document(path):
    """A document without a kind, which kubectl would reject: it is wrapped into one with a kind."""
    lines = "".join(f"  {line}\n" for line in path.read_text().splitlines() if not line.startswith("#"))
    return documents(f"apiVersion: v1\nkind: Answer\nmetadata:\n  name: answer\nspec:\n{lines}")[0]["spec"]
