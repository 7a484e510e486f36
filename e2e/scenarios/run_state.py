"""What one run of the suite remembers in files, since its phases and parallel modules are processes of their own."""
import json
import os
import shutil
import time

from scenarios.commands import HOME

TARGET = HOME / "target/e2e"
STATE = TARGET / "state"
WATCHES = STATE / "watches"


def begin():
    """Forgets the former run."""
    shutil.rmtree(STATE, ignore_errors=True)
    WATCHES.mkdir(parents=True)
    STATE.chmod(0o700)
    (STATE / "number").write_text(str(int(time.time())))


def number():
    """A number that no other run has; 0 if there is no run."""
    file = STATE / "number"
    return int(file.read_text()) if file.exists() else 0


def passed():
    file = STATE / "passed"
    return set(file.read_text().split()) if file.exists() else set()


def add_passed(test):
    with open(STATE / "passed", "a", encoding="utf-8") as file:
        file.write(f"{test}\n")


def save(name, value):
    """Writes at once all or nothing, since other processes read it."""
    file = STATE / f"{name}.json"
    new = file.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps(value))
    os.replace(new, file)


def load(name, default=None):
    file = STATE / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else default
