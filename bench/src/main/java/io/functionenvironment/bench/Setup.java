package io.functionenvironment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is measured, and where.
 *
 * @param bench the classes of the floor
 * @param image the root of the function's image
 * @param pin what keeps a program on one core, put before its command
 * @param function the command of the image that serves, but for arguments
 * @param variables that the image sets
 */
record Setup(Path bench, Path image, List<String> pin, List<String> function, Map<String, String> variables) {
    private static final Pattern ENTRY_POINT = Pattern.compile("^ENTRYPOINT \\[(.*)]$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern VARIABLE = Pattern.compile("^ENV (\\w+)=(.*)$", Pattern.MULTILINE);
    /** What the image has under its root, at the beginning of a word or behind what introduces a file. */
    private static final Pattern ROOTED = Pattern.compile("(?<=^|[@=])/(?=(opt|app)/)");

    static Setup ofProperties() throws IOException {
        var home = Path.of(property("bench.home"));
        var image = Path.of(property("bench.image"));
        var dockerfile = Files.readString(home.resolve("Dockerfile"));
        var entryPoint = ENTRY_POINT.matcher(dockerfile);
        if (!entryPoint.find()) {
            throw new IOException("the Dockerfile has no ENTRYPOINT in the form of a list");
        }
        var command = WORD.matcher(entryPoint.group(1))
                .results()
                .map(word -> ROOTED.matcher(word.group(1)).replaceFirst(image + "/"))
                .toList();
        var variables = new LinkedHashMap<String, String>();
        VARIABLE.matcher(dockerfile).results().forEach(found -> variables.put(found.group(1), found.group(2)));
        return new Setup(
                home.resolve("bench/target/classes"),
                image,
                List.of(property("bench.pin").split(" ", -1)),
                command,
                variables);
    }

    /** With the function's flags and libraries; but the classes ahead of time are the function's. */
    List<String> floor() {
        return Stream.of(
                        image.resolve("opt/java/bin/java"),
                        "@" + image.resolve("app/jvm.options"),
                        "-cp",
                        bench + ":" + image.resolve("app/function.jar"),
                        Floor.class.getName())
                .map(Object::toString)
                .toList();
    }

    private static String property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .orElseThrow(() -> new IllegalStateException("start this with bench/run load: it sets " + name));
    }
}
