package io.functionenvironment.recorded;

import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes the recordings in the log of a {@link RecordingServer}, read from standard input, to files. The first argument is
 * the directory; each further one names a part of the run and when it began, as NAME=TIME. Consecutive calls with the same
 * response are written once.
 */
final class RecordingWriter {
    private RecordingWriter() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Path.of(arguments[0]);
        var parts = new TreeMap<Instant, String>();
        for (var argument : List.of(arguments).subList(1, arguments.length)) {
            var equals = argument.indexOf('=');
            parts.put(Instant.parse(argument.substring(equals + 1)), argument.substring(0, equals));
        }
        var last = new ArrayList<RunFunctionResponse>();
        var counts = new TreeMap<String, Integer>();
        for (var recording : recordings()) {
            var part = parts.floorEntry(recording.at());
            if (part == null || last.contains(recording.response())) {
                continue;
            }
            last.clear();
            last.add(recording.response());
            var number = counts.merge(part.getValue(), 1, Integer::sum);
            var file = directory.resolve(part.getValue()).resolve("%02d.yaml".formatted(number));
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, recording.yaml());
        }
    }

    private static List<Recording> recordings() throws IOException {
        var recordings = new ArrayList<Recording>();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() instanceof String line) {
            var at = line.indexOf(RecordingServer.MARK);
            if (at >= 0) {
                recordings.add(Recording.ofLine(
                        line.substring(at + RecordingServer.MARK.length()).strip()));
            }
        }
        // Each replica of the function prints its own calls.
        recordings.sort(Comparator.comparing(Recording::at));
        return recordings;
    }
}
