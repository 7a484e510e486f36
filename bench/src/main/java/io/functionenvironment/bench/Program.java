package io.functionenvironment.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The measured programs, with the same JVM flags on the same core. */
enum Program {
    FUNCTION {
        @Override
        List<String> start(Setup setup) {
            return setup.function();
        }

        @Override
        List<String> arguments(int port, Transport transport) {
            return Stream.concat(
                            Stream.of("--address", "127.0.0.1:" + port, "--clock", Sample.NOW.toString()),
                            transport
                                    .certificates()
                                    .map(directory -> Stream.of("--tls-certs-dir", directory.toString()))
                                    .orElse(Stream.of("--insecure")))
                    .toList();
        }

        @Override
        byte[] expected(Sample sample) {
            return sample.response();
        }
    },
    FLOOR {
        @Override
        List<String> start(Setup setup) {
            return setup.floor();
        }

        @Override
        List<String> arguments(int port, Transport transport) {
            return Stream.concat(
                            Stream.of(Integer.toString(port)), transport.certificates().map(Path::toString).stream())
                    .toList();
        }

        @Override
        byte[] expected(Sample sample) {
            return sample.floor();
        }
    };

    List<String> command(Setup setup, int port, Transport transport) {
        var command = new ArrayList<>(setup.pin());
        command.addAll(start(setup));
        command.addAll(arguments(port, transport));
        return command;
    }

    abstract List<String> start(Setup setup);

    abstract List<String> arguments(int port, Transport transport);

    /** The expected response. */
    abstract byte[] expected(Sample sample);
}
