"""Java, and the test classes of the function."""
from pathlib import Path

from scenarios.commands import HOME, run


def java():
    found = run("sh", "-c", '. "$0" && jdk25_find && echo "$JAVA_HOME"', HOME / ".mvn/jdk25.sh")
    return Path(found.stdout.strip()) / "bin/java"


def class_path():
    return f"{HOME}/target/classes:{HOME}/target/test-classes:{HOME}/target/lib/*"
