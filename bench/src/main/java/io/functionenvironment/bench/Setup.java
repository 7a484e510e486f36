package io.functionenvironment.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is measured, and where.
 *
 * @param home the folder of the checkout, which is built
 * @param flags the file with the flags of the JVM
 * @param pin what keeps a program on one core, put before its command
 */
record Setup(Path home, Path flags, List<String> pin) {
    static Setup ofProperties() {
        return new Setup(
                Path.of(property("bench.home")),
                Path.of(property("bench.flags")),
                List.of(property("bench.pin").split(" ", -1)));
    }

    /** The command that serves, but for its arguments. */
    List<String> function() {
        var command = java(home.resolve("target/classes") + ":" + home.resolve("target/lib") + "/*");
        command.add("io.functionenvironment.cli.Main");
        command.add("serve");
        return command;
    }

    List<String> floor() {
        var command = java(home.resolve("bench/target/classes") + ":" + home.resolve("target/classes") + ":"
                + home.resolve("target/lib") + "/*");
        command.add(Floor.class.getName());
        return command;
    }

    private List<String> java(String classPath) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + flags);
        command.add("-cp");
        command.add(classPath);
        return command;
    }

    private static String property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .orElseThrow(() -> new IllegalStateException("start this with bench/run load: it sets " + name));
    }
}
