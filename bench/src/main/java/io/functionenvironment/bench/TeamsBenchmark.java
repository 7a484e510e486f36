package io.functionenvironment.bench;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The call of {@link FunctionBenchmark} for ten apps, with Settings in which teams have rules of their own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 12, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx64m", "--sun-misc-unsafe-memory-access=allow"})
public class TeamsBenchmark {
    static final int APPS = 10;
    static final List<String> TEAMS = List.of("0", "10", "100");
    static final List<String> CHARTS = List.of("catalog", "own");

    @Param({"0", "10", "100"})
    public int teams;

    /** Whether the apps are of the catalog, or have charts of their own, which are compared with those of all teams. */
    @Param({"catalog", "own"})
    public String charts = "";

    private byte[] request = {};

    static Path sample(Path samples, String teams, String charts) {
        return samples.resolve(teams + "-" + charts);
    }

    @Setup
    public void sample() throws IOException {
        var samples = Path.of(System.getProperty(FunctionBenchmark.SAMPLES));
        request = Files.readAllBytes(sample(samples, String.valueOf(teams), charts));
    }

    /** With the Settings of the call before. */
    @Benchmark
    public byte[] function() throws IOException {
        return Sample.answer(request);
    }

    /** With Settings that have changed since the call before, so that the rules of all teams are read. */
    @Benchmark
    public byte[] changed() throws IOException {
        return Sample.answerAnew(request);
    }

    @Benchmark
    public byte[] floor() throws IOException {
        return Floor.answer(RunFunctionRequest.parseFrom(request)).toByteArray();
    }
}
