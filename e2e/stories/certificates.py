"""Certificates and their authority, replaced while the function is being called."""
import base64
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from stories.beginning import DEV, ready
from stories.environments import PODINFO, reaches
from stories.installing import anew, function, metric, restart_crossplane, running, starts
from stories.walk import (CROSSPLANE, HOME, Skipped, annotate, equal, eventually, fail, get, holds, kubectl, mending, note, run,
                          story)

AUTHORITY, CLIENT = "crossplane-root-ca", "crossplane-tls-client"
CALLERS = 8  # of pods that are called as one


@story("Certificates and their authority are replaced while calls are in flight, and no call fails", after=ready,
       needs=["openssl"])
def rotated(lab):
    server, name = f"{function()}-tls-server", f"{function()}.{CROSSPLANE}"
    pods = running()
    former = {each: secret(each) for each in (AUTHORITY, CLIENT, server)}
    old, client = former[AUTHORITY], former[CLIENT]
    with tempfile.TemporaryDirectory() as work, Calls(Path(work), name, pods) as calls, mending(lambda: restore(former)):
        new = authority(Path(work))
        calls.show(client | {"ca.crt": old["tls.crt"] + new["tls.crt"]})
        calls.start()
        stranger = issue(Path(work), authority(Path(work)), f"DNS:crossplane.{CROSSPLANE}", "clientAuth")
        holds("a stranger is refused", calls.refused(stranger | {"ca.crt": old["tls.crt"]}))

        # First all believe both, then they show what the new one signed, then they forget the old one.
        both = {"ca.crt": old["tls.crt"] + new["tls.crt"]}
        replace(calls, pods, server, both)
        replace_crossplane(both, 1)
        replace(calls, pods, server, issue(Path(work), new, f"DNS:{function()},DNS:{name},DNS:{name}.svc", "serverAuth"))
        put(AUTHORITY, new)
        renewed = issue(Path(work), new, f"DNS:crossplane.{CROSSPLANE}", "clientAuth")
        replace_crossplane(renewed, 2)
        calls.show(renewed | {"ca.crt": new["tls.crt"]})
        replace(calls, pods, server, {"ca.crt": new["tls.crt"]})
        replace_crossplane({"ca.crt": new["tls.crt"]}, 3)

        answered, _, connections = calls.now()
        holds("there were calls and connections all the time", answered > 1000 and connections > 100)
        failed = calls.end()
        holds(f"no call failed: {calls.said()}", not failed)
        holds("who shows what the old authority signed is refused", calls.refused(client | {"ca.crt": new["tls.crt"]}))
    equal("the pods and how often they were started", starts(running()), starts(pods))
    DEV.again(PODINFO).comes(60)


def restore(secrets):
    """What there was before. The function's pods are started anew, so as not to wait for the kubelet."""
    for name, data in secrets.items():
        put(name, data)
    anew()
    restart_crossplane()
    DEV.again(PODINFO).comes(150)


def replace(calls, pods, name, data):
    """Puts these into the function's Secret, and waits until each pod has read them."""
    before = [metric(pod, "certwatcher_read_certificate_total") for pod in pods]
    put(name, data)
    for pod in pods:  # the kubelet looks at once at a pod that changes, and else within a minute or two
        annotate("pod", pod["metadata"]["name"], CROSSPLANE)
    eventually("the function has read them", 150, lambda: all(
        metric(pod, "certwatcher_read_certificate_total") > seen for pod, seen in zip(pods, before)))
    made = calls.now()[2]
    eventually("new connections are made with them", 60, lambda: calls.now()[2] > made + 10, calls.said)


def replace_crossplane(data, number):
    """Crossplane reads its own at the start. It has to reach the function afterwards."""
    put(CLIENT, data)
    restart_crossplane()
    DEV.again(PODINFO, {"name": f"nonsuch-{number}"})
    eventually("Crossplane calls the function", 90,
               lambda: f"nonsuch-{number}" in DEV.apps() and DEV.condition("Synced")[0] == "True")


def authority(work):
    """Like Crossplane's: the same name for every authority and for what it signs; its key is PKCS#1, or core does not start."""
    run("openssl", "genrsa", "-traditional", "-out", work / "authority.key", "2048")
    run("openssl", "req", "-x509", "-key", work / "authority.key", "-days", "3000", "-subj", "/O=Crossplane/CN=Crossplane",
        "-out", work / "authority.crt")
    return {"tls.crt": (work / "authority.crt").read_text(), "tls.key": (work / "authority.key").read_text()}


def issue(work, by, names, usage):
    """A certificate, and its key in the form in which Crossplane writes keys."""
    for file, text in (("by.crt", by["tls.crt"]), ("by.key", by["tls.key"]),
                       ("extensions", f"subjectAltName={names}\nextendedKeyUsage={usage}\nauthorityKeyIdentifier=none\n")):
        (work / file).write_text(text)
    run("openssl", "genrsa", "-traditional", "-out", work / "leaf.key", "2048")
    run("openssl", "req", "-new", "-key", work / "leaf.key", "-subj", "/O=Crossplane/CN=Crossplane", "-out", work / "leaf.csr")
    run("openssl", "x509", "-req", "-in", work / "leaf.csr", "-CA", work / "by.crt", "-CAkey", work / "by.key", "-days", "2000",
        "-set_serial", "2022", "-extfile", work / "extensions", "-out", work / "leaf.crt")
    return {"tls.crt": (work / "leaf.crt").read_text(), "tls.key": (work / "leaf.key").read_text()}


def secret(name):
    return {key: base64.b64decode(value).decode() for key, value in get("secret", name, CROSSPLANE)["data"].items()}


def put(name, data):
    kubectl("patch", "secret", name, "--namespace", CROSSPLANE, "--type", "merge", "--patch-file", "/dev/stdin",
            given=json.dumps({"data": {key: base64.b64encode(value.encode()).decode() for key, value in data.items()}}))


class Calls:
    """Calls of the function's pods from this machine all the time, see CallsInFlight; each by itself, or all as one."""

    def __init__(self, work, name, pods, together=False):
        if not all(reaches(pod["status"]["podIP"], 9443) for pod in pods):
            raise Skipped("this machine does not reach the function's pods")
        self.work, self.shown, self.process = work, work / "shown", None
        home = run("sh", "-c", '. "$0" && jdk25_find && echo "$JAVA_HOME"', HOME / ".mvn/jdk25.sh").stdout.strip()
        run("sh", "-c", 'cd "$0" && ./mvnw -q -B test-compile', HOME)
        self.command = [f"{home}/bin/java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                        "-cp", f"{HOME}/target/classes:{HOME}/target/test-classes:{HOME}/target/lib/*",
                        "io.functionenvironment.server.CallsInFlight", name]
        addresses = [f"{pod['status']['podIP']}:9443" for pod in pods]
        self.addresses = [",".join(addresses)] * (CALLERS // 2) if together else addresses

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def show(self, certificates):
        """All at once, as the kubelet does."""
        folder = Path(tempfile.mkdtemp(dir=self.work))
        for file, text in certificates.items():
            (folder / file).write_text(text)
        link = self.work / "link"
        link.symlink_to(folder)
        os.replace(link, self.shown)

    def start(self):
        self.errors = open(self.work / "errors", "w", encoding="utf-8")
        self.process = subprocess.Popen([*self.command, self.shown, *self.addresses], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors, text=True)
        eventually("calls are answered", 60, lambda: self.now()[0] > 100, self.said)

    def now(self):
        """Calls that were answered, calls that failed, and connections, so far."""
        return asked(self.process)

    def end(self):
        """Ends them, and returns how many failed."""
        told = self.process.communicate(timeout=60)[0].strip().splitlines()
        self.errors.close()
        holds(f"the calls went on to the end: {self.said()}", told)
        answered, failed, connections = counted(told[-1])
        note(f"{answered} calls over {connections} connections, {failed} failed")
        return failed

    def said(self):
        return (self.work / "errors").read_text()[:2000]

    def refused(self, certificates):
        """Whether every call with these fails."""
        folder = Path(tempfile.mkdtemp(dir=self.work))
        for file, text in certificates.items():
            (folder / file).write_text(text)
        process = subprocess.Popen([*self.command, folder, *self.addresses], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        try:
            for _ in range(60):  # on a busy machine the first call takes its time
                answered, failed, made = asked(process)
                if answered or failed > 10:
                    break
                time.sleep(0.5)
        finally:
            process.communicate(timeout=60)
        return made and not answered and failed > 10


def asked(process):
    try:
        process.stdin.write("\n")
        process.stdin.flush()
    except BrokenPipeError:
        fail("the calls have ended")
    return counted(process.stdout.readline())


def counted(line):
    """Calls that were answered, calls that failed, and connections."""
    return [int(part.split()[0]) for part in line.split(", ")]
