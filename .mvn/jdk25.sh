# Sourced by mvnw and environment: points JAVA_HOME at a JDK 25, wherever this machine keeps one.

jdk25_is() { # the release file, because starting a JVM just to ask its version takes too long
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -Eq '^JAVA_VERSION="25[."+-]' "$1/release"
}

jdk25_find() {
  for jdk25_home in \
    "${JAVA_HOME-}" \
    "$(readlink -f "$(command -v javac)" 2>/dev/null | sed 's|/bin/javac$||')" \
    /usr/lib/jvm/* \
    "${HOME-}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/.jdks/*; do
    if jdk25_is "$jdk25_home"; then
      JAVA_HOME=$jdk25_home
      export JAVA_HOME
      return 0
    fi
  done
  echo "cannot find a JDK 25: install one (Temurin 25 from https://adoptium.net, or your distribution's OpenJDK 25 with javac) and, if it is in an unusual place, set JAVA_HOME to it." >&2
  return 1
}
