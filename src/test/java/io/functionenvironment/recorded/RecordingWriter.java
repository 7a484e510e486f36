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
 * Writes files of what a recording server printed, which comes in on standard input. The first argument is the folder, the
 * others say which stories are told in it, as NAME=FROM in the order of time.
 */
final class RecordingWriter {
    private RecordingWriter() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var stories = new TreeMap<Instant, String>();
        for (var argument : List.of(arguments).subList(1, arguments.length)) {
            var equals = argument.indexOf('=');
            stories.put(Instant.parse(argument.substring(equals + 1)), argument.substring(0, equals));
        }
        var last = new ArrayList<RunFunctionResponse>();
        var counts = new TreeMap<String, Integer>();
        for (var recording : recordings()) {
            var story = stories.floorEntry(recording.at());
            if (story == null || last.contains(recording.response())) {
                continue;
            }
            last.clear();
            last.add(recording.response());
            var number = counts.merge(story.getValue(), 1, Integer::sum);
            var file = folder.resolve(story.getValue()).resolve("%02d.yaml".formatted(number));
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, recording.yaml());
        }
    }

    private static List<Recording> recordings() throws IOException {
        var found = new ArrayList<Recording>();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() instanceof String line) {
            var at = line.indexOf(RecordingServer.MARK);
            if (at >= 0) {
                found.add(Recording.ofLine(
                        line.substring(at + RecordingServer.MARK.length()).strip()));
            }
        }
        // Each replica of the function prints its own calls.
        found.sort(Comparator.comparing(Recording::at));
        return found;
    }
}
