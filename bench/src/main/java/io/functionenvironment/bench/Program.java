package io.functionenvironment.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The programs that are measured, with the same flags on the same core. */
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
                                    .map(folder -> Stream.of("--tls-certs-dir", folder.toString()))
                                    .orElse(Stream.of("--insecure")))
                    .toList();
        }

        @Override
        byte[] right(Sample sample) {
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
        byte[] right(Sample sample) {
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

    /** What it is to answer. */
    abstract byte[] right(Sample sample);
}
