"""The Secrets with the certificates of Crossplane and of its functions."""
import base64
import json

from scenarios.commands import CROSSPLANE, get, kubectl

AUTHORITY, CLIENT = "crossplane-root-ca", "crossplane-tls-client"


def read_secret(name):
    return {key: base64.b64decode(value).decode() for key, value in get("secret", name, CROSSPLANE)["data"].items()}


def write_secret(name, data):
    kubectl("patch", "secret", name, "--namespace", CROSSPLANE, "--type", "merge", "--patch-file", "/dev/stdin",
            given=json.dumps({"data": {key: base64.b64encode(value.encode()).decode() for key, value in data.items()}}))
