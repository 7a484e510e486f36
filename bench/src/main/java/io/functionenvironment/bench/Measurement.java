package io.functionenvironment.bench;

import io.functionenvironment.bench.Caller.Calls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures both programs with the same calls in turns, so that a disturbance affects both. */
record Measurement(LoadOptions options, Setup setup) {

    /** The figures for Environments with one number of apps. */
    record Case(int apps, Transport transport, Figures function, Figures floor) {}

    Case measure(int apps, Transport transport) throws IOException, InterruptedException {
        var sample = Sample.of(apps);
        var rounds = new EnumMap<Program, List<Round>>(Program.class);
        var memory = new EnumMap<Program, Double>(Program.class);
        try (var function = StartedServer.start(this, Program.FUNCTION, sample, transport);
                var floor = StartedServer.start(this, Program.FLOOR, sample, transport)) {
            var servers = Map.of(Program.FUNCTION, function, Program.FLOOR, floor);
            for (var program : Program.values()) {
                servers.get(program).caller.call(Figures.MANY, options.warmUp());
                rounds.put(program, new ArrayList<>());
            }
            for (var round = 0; round < options.rounds(); round++) {
                for (var program : Program.values()) {
                    var caller = servers.get(program).caller;
                    var many = caller.call(Figures.MANY, options.measured());
                    rounds.get(program).add(new Round(many, caller.call(1, options.measured())));
                }
            }
            for (var program : Program.values()) {
                memory.put(program, servers.get(program).process.residentMebibytes());
            }
        }
        var starts = starts(sample, transport);
        var figures = new EnumMap<Program, Figures>(Program.class);
        for (var program : Program.values()) {
            var measured = rounds.get(program);
            figures.put(
                    program,
                    new Figures(
                            measured.stream()
                                    .map(round -> round.many.perSecond())
                                    .toList(),
                            Figures.median(measured, round -> round.one.millis(0.5)),
                            Figures.median(measured, round -> round.one.millis(0.99)),
                            Figures.median(starts.get(program)),
                            memory.get(program)));
        }
        return new Case(apps, transport, figures.get(Program.FUNCTION), figures.get(Program.FLOOR));
    }

    /** Seconds from the start of a process to its first response. */
    private Map<Program, List<Double>> starts(Sample sample, Transport transport)
            throws IOException, InterruptedException {
        var starts = new EnumMap<Program, List<Double>>(Program.class);
        for (var i = 0; i < options.starts(); i++) {
            for (var program : Program.values()) {
                var start = System.nanoTime();
                try (var first = StartedServer.start(this, program, sample, transport)) {
                    starts.computeIfAbsent(program, any -> new ArrayList<>())
                            .add((first.caller.firstResponseAt() - start) / 1e9);
                }
            }
        }
        return starts;
    }

    /** @param many and {@code one}: calls in flight */
    private record Round(Calls many, Calls one) {}

    /** A server that has responded once. */
    private record StartedServer(ServerProcess process, Caller caller) implements AutoCloseable {
        static StartedServer start(Measurement measurement, Program program, Sample sample, Transport transport)
                throws IOException, InterruptedException {
            var process = ServerProcess.start(
                    port -> program.command(measurement.setup, port, transport), measurement.setup.variables());
            try {
                process.await();
                var channel = transport.connect(process.port());
                return new StartedServer(process, Caller.first(channel, sample.request(), program.expected(sample)));
            } catch (IOException | InterruptedException | RuntimeException failure) {
                process.close();
                throw failure;
            }
        }

        @Override
        public void close() throws IOException {
            caller.close();
            process.close();
        }
    }
}
