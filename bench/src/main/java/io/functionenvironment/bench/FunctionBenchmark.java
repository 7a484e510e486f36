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

/**
 * A whole call, from bytes to bytes, for an Environment that is ready and unchanged: the call that Crossplane makes most. The
 * C2 compiler needs ten seconds for it; before that a call takes several times as long.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 12, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx64m", "--sun-misc-unsafe-memory-access=allow"})
public class FunctionBenchmark {
    /** The system property with the folder of the requests, each in a file whose name is its number of apps. */
    static final String SAMPLES = "bench.samples";

    static final List<String> APPS = List.of("1", "10", "50");

    @Param({"1", "10", "50"})
    public int apps;

    private byte[] request = {};

    /** The request comes from a file: a simulation would need more memory, and the compiler would optimise for its calls. */
    @Setup
    public void sample() throws IOException {
        request = Files.readAllBytes(Path.of(System.getProperty(SAMPLES), String.valueOf(apps)));
    }

    @Benchmark
    public byte[] function() throws IOException {
        return Sample.answer(request);
    }

    @Benchmark
    public byte[] floor() throws IOException {
        return Floor.answer(RunFunctionRequest.parseFrom(request)).toByteArray();
    }
}
