package io.functionenvironment.server;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.documents.Markdown;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/operations.md lists the real metrics, alerts and flags of the server. */
class OperationsDocumentTest {
    private static final Markdown OPERATIONS = Markdown.read(Path.of("docs", "operations.md"));
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern LINE = Pattern.compile("(?m)^(\\w+?)(?:_bucket|_sum|_count)?(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");
    private static final Pattern FAMILIES = Pattern.compile("(process|jvm)_.*");
    private static final Pattern USED = Pattern.compile("\\b(?:grpc|function|tls|certwatcher)_\\w+(?=[{\\[ ]|$)");

    @TempDir
    Path folder;

    private record Metric(String type, Set<String> labels) {}

    @Test
    void theTableListsExactlyTheExposedMetrics() throws IOException {
        var documented = new TreeMap<String, Metric>();
        Set<String> labels = Set.of();
        for (var row : rows("Metrics and alerts")) {
            var own = codes(row.get(2));
            labels = row.get(2).startsWith("the same") ? and(labels, own) : own;
            for (var name : codes(row.getFirst())) {
                documented.put(name, new Metric(row.get(1), labels));
            }
        }
        var exposed = new TreeMap<String, Metric>();
        var page = metrics();
        TYPE.matcher(page).results().forEach(found -> {
            var name = FAMILIES.matcher(found.group(1)).replaceAll("$1_*");
            exposed.put(
                    name,
                    name.endsWith("*")
                            ? new Metric("", Set.of())
                            : new Metric(found.group(2), labels(page, found.group(1))));
        });
        assertEquals(
                exposed.toString().replace("}, ", "},\n"), documented.toString().replace("}, ", "},\n"));
    }

    @Test
    void alertsUseOnlyExposedMetrics() throws IOException {
        var page = metrics();
        var used = OPERATIONS.blocks("yaml").stream()
                .flatMap(block -> USED.matcher(block).results().map(found -> found.group()))
                .collect(toCollection(TreeSet::new));
        assertEquals(
                List.of(),
                used.stream()
                        .filter(name -> !page.contains("\n" + name + "{") && !page.contains("\n" + name + " "))
                        .toList());
        assertEquals(true, used.size() > 3, "alerts are found: " + used);
    }

    @Test
    void theTableListsEveryFlagButTheOneForTests() {
        var flags = Arrays.stream(ServerFlag.values())
                .filter(flag -> flag != ServerFlag.CLOCK)
                .flatMap(flag -> flag.names().stream())
                .collect(toCollection(TreeSet::new));
        var documented = rows("Ports and probes").stream()
                .flatMap(row -> codes(row.getFirst()).stream())
                .collect(toCollection(TreeSet::new));
        assertEquals(flags, documented);
    }

    @Test
    void theTableNamesTheVariableOfEachFlag() {
        for (var row : rows("Ports and probes")) {
            codes(row.getFirst()).stream()
                    .filter(code -> code.startsWith("--"))
                    .map(code -> ServerFlag.of(code).orElseThrow())
                    .forEach(flag -> assertEquals(
                            flag.variable().stream().collect(toCollection(TreeSet::new)),
                            codes(row.get(1)),
                            flag.flag()));
        }
    }

    /** The metrics of servers with all options on, after a call that increments every counter. */
    private String metrics() throws IOException {
        var certificates = new CrossplaneCertificates();
        try (var server = start(new MutualTls(certificates.server(folder, "localhost")), Requests::passOn);
                var served = Served.of(
                        Served.monitored(new Insecure()),
                        (options, log) -> FunctionServer.start(options, OperationsDocumentTest::fatal, log))) {
            served.call(Requests.request());
            // The first server exposes the certificates, the second one the labels that appear with a call.
            return Http.of(server).send("GET", "/metrics").body()
                    + "\n"
                    + Http.of(served.server()).send("GET", "/metrics").body();
        }
    }

    private static PackedResponse fatal(PackedRequest request) {
        return Requests.passOn(request).toBuilder()
                .addResults(Result.newBuilder().setSeverity(Severity.SEVERITY_FATAL))
                .build();
    }

    private static FunctionServer start(
            ServerOptions.Security security, java.util.function.Function<PackedRequest, PackedResponse> function)
            throws IOException {
        return FunctionServer.start(Served.monitored(security), function, new PrintStream(new ByteArrayOutputStream()));
    }

    private static Set<String> labels(String page, String name) {
        return LINE.matcher(page)
                .results()
                .filter(found -> found.group(1).equals(name))
                .flatMap(found -> LABEL.matcher(found.group(2) == null ? "" : found.group(2))
                        .results())
                .map(found -> found.group(1))
                .filter(label -> !label.equals("le"))
                .collect(toCollection(TreeSet::new));
    }

    private static List<List<String>> rows(String section) {
        return Markdown.rows(OPERATIONS.section(section)).stream().skip(1).toList();
    }

    private static Set<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).collect(toCollection(TreeSet::new));
    }

    private static Set<String> and(Set<String> some, Set<String> more) {
        var all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }
}
