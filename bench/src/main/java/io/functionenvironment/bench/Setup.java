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
 * The programs and their environment, from the system properties that {@code bench/run} sets.
 *
 * @param bench the classes of the floor
 * @param image the root of the function's image
 * @param pin the prefix that pins a command to one core
 * @param function the entry point of the image
 * @param variables the environment variables of the image
 */
record Setup(Path bench, Path image, List<String> pin, List<String> function, Map<String, String> variables) {
    private static final Pattern ENTRY_POINT = Pattern.compile("^ENTRYPOINT \\[(.*)]$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern VARIABLE = Pattern.compile("^ENV (\\w+)=(.*)$", Pattern.MULTILINE);
    /** An absolute path in the image, at the beginning of a word or after {@code @} or {@code =}. */
    private static final Pattern ROOTED = Pattern.compile("(?<=^|[@=])/(?=(opt|app)/)");

    static Setup ofProperties() throws IOException {
        var home = Path.of(property("bench.home"));
        var image = Path.of(property("bench.image"));
        var dockerfile = Files.readString(home.resolve("Dockerfile"));
        var entryPoint = ENTRY_POINT.matcher(dockerfile);
        if (!entryPoint.find()) {
            throw new IOException("the Dockerfile has no ENTRYPOINT in exec form");
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

    /** With the JVM flags and libraries of the function, but without its ahead-of-time cache. */
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
