"""Calls of the function's pods from this machine, without a break, while something happens to the pods or their certificates."""
import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from scenarios import names
from scenarios.commands import CROSSPLANE, HOME, run
from scenarios.expect import eventually, note
from scenarios.java import class_path, java
from scenarios.packages import function, metric
from scenarios.tls_secrets import CLIENT, read_secret
from scenarios.virtual_cluster import reaches

CALLERS = 8  # of pods that are called together


class Calls:
    """Calls each pod separately, or all together as replicas of one function; see the Java class CallsInFlight."""

    def __init__(self, work, name, pods, together=False):
        if not all(reaches(pod["status"]["podIP"], 9443) for pod in pods):
            pytest.skip("this machine does not reach the function's pods")
        self.work, self.certificates, self.process = work, work / "certificates", None
        run("sh", "-c", 'cd "$0" && ./mvnw -q -B test-compile', HOME)
        self.command = [java(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                        "-cp", class_path(), names.CALLS_IN_FLIGHT, name]
        addresses = [f"{pod['status']['podIP']}:9443" for pod in pods]
        self.addresses = [",".join(addresses)] * (CALLERS // 2) if together else addresses

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def use_certificates(self, files):
        """Replaces all files at once, as the kubelet does."""
        link = self.work / "link"
        link.symlink_to(self.write(files))
        os.replace(link, self.certificates)

    def write(self, files):
        folder = Path(tempfile.mkdtemp(dir=self.work))
        for name, text in files.items():
            (folder / name).write_text(text)
        return folder

    def start(self):
        self.errors_file = open(self.work / "errors", "w", encoding="utf-8")
        self.process = subprocess.Popen([*self.command, self.certificates, *self.addresses], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.errors_file, text=True)
        eventually("calls are answered", 60, lambda: self.counts()[0] > 100, self.errors)

    def counts(self):
        """How many calls were answered and how many failed so far, and over how many connections."""
        return ask(self.process)

    def errors(self):
        return (self.work / "errors").read_text()[:2000]

    def wait_for_more(self):
        before = self.counts()[0]
        eventually("100 more calls are answered", 60, lambda: self.counts()[0] > before + 100, self.errors)

    def end(self):
        """Ends the calls, and returns how many failed."""
        lines = self.process.communicate(timeout=60)[0].strip().splitlines()
        self.errors_file.close()
        assert lines, f"the calls ended too early: {self.errors()}"
        answered, failed, connections = parse(lines[-1])
        note(f"{answered} calls over {connections} connections, {failed} failed")
        return failed

    def are_refused(self, files):
        """Whether every call with these certificates fails."""
        process = subprocess.Popen([*self.command, self.write(files), *self.addresses], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            for _ in range(60):  # on a busy machine the first call takes a while
                answered, failed, connections = ask(process)
                if answered or failed > 10:
                    break
                time.sleep(0.5)
        finally:
            process.communicate(timeout=60)
        return connections and not answered and failed > 10


def ask(process):
    try:
        process.stdin.write("\n")
        process.stdin.flush()
    except BrokenPipeError as error:
        raise AssertionError("the calls have ended") from error
    return parse(process.stdout.readline())


def parse(line):
    """Calls that were answered, calls that failed, and connections."""
    return [int(part.split()[0]) for part in line.split(", ")]


@contextmanager
def load(work, pods):
    """Calls both replicas all the time, as Crossplane does."""
    with Calls(work, f"{function()}.{CROSSPLANE}", pods, together=True) as calls:
        calls.use_certificates(read_secret(CLIENT))
        calls.start()
        wait_for_both(pods)
        yield calls


def wait_for_both(pods):
    before = [metric(pod, "grpc_server_handled_total") for pod in pods]
    eventually("both replicas answer", 60, lambda: all(
        metric(pod, "grpc_server_handled_total") > count + 50 for pod, count in zip(pods, before)))
