package io.functionenvironment.bench;

import io.functionenvironment.bench.Measurement.Case;
import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Measures the function and the floor over gRPC, called as Crossplane does. */
public final class Load {
    private Load() {}

    public static void main(String[] arguments) throws InterruptedException {
        InternalLoggerFactory.setDefaultFactory(
                JdkLoggerFactory.INSTANCE); // avoids SLF4J's warning about a missing provider
        try {
            var options = LoadOptions.read(arguments);
            var table = Table.of(measure(new Measurement(options, Setup.ofProperties())));
            System.out.print(table);
            if (options.write().isPresent()) {
                Table.write(options.write().get(), table);
            }
        } catch (IllegalArgumentException usage) {
            fail(usage, 2);
        } catch (IOException | GeneralSecurityException | IllegalStateException failure) {
            fail(failure, 1);
        }
    }

    private static List<Case> measure(Measurement measurement)
            throws IOException, InterruptedException, GeneralSecurityException {
        var directory = Files.createTempDirectory("bench");
        try {
            var cases = new ArrayList<Case>();
            for (var transport : List.of(Transport.plain(), Transport.mutualTls(directory))) {
                for (var apps : measurement.options().apps()) {
                    System.err.printf("measuring %d apps, %s…%n", apps, transport.name());
                    cases.add(measurement.measure(apps, transport));
                }
            }
            return cases;
        } finally {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.<Path>reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void fail(Exception exception, int status) {
        System.err.println(exception.getMessage());
        System.exit(status);
    }
}
