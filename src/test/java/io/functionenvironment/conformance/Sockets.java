package io.functionenvironment.conformance;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The TCP sockets of a process on Linux; elsewhere none are found. */
record Sockets(long pid) {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final String LISTENS = "0A";
    private static final String ESTABLISHED = "01";
    private static final String CONNECTS = "02";

    /** A line of /proc/PID/net/tcp: addresses are hexadecimal and end with the port. */
    private record Line(String local, String remote, String state, String inode) {
        static Line of(String text) {
            var words = SPACES.split(text.strip(), -1);
            return new Line(words[1], words[2], words[3], words[9]);
        }

        String localPort() {
            return local.substring(local.indexOf(':'));
        }
    }

    /** The remote addresses of connections that the process opened itself. */
    List<String> outward() throws IOException {
        var ours = inodes();
        var lines = new ArrayList<Line>();
        for (var table : List.of("tcp", "tcp6")) {
            var file = proc().resolve("net").resolve(table);
            if (Files.isReadable(file)) {
                Files.readAllLines(file).stream()
                        .skip(1)
                        .map(Line::of)
                        .filter(line -> ours.contains(line.inode()))
                        .forEach(lines::add);
            }
        }
        var served = lines.stream()
                .filter(line -> line.state().equals(LISTENS))
                .map(Line::localPort)
                .collect(toSet());
        return lines.stream()
                .filter(line -> line.state().equals(ESTABLISHED) || line.state().equals(CONNECTS))
                .filter(line -> !served.contains(line.localPort()))
                .map(Line::remote)
                .toList();
    }

    private Set<String> inodes() throws IOException {
        if (!Files.isDirectory(proc())) {
            return Set.of();
        }
        try (var files = Files.list(proc().resolve("fd"))) {
            return files.map(Sockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(toSet());
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private Path proc() {
        return Path.of("/proc", Long.toString(pid));
    }
}
