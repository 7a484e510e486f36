package io.functionenvironment.server;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.documents.Markdown;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.Result;
import io.functionenvironment.proto.v1.Severity;
import io.functionenvironment.server.ServerOptions.Parsed;
import io.functionenvironment.server.ServerOptions.Security.Insecure;
import io.functionenvironment.server.ServerOptions.Security.MutualTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md tells of the server is so. */
class OperationsDocumentTest {
    private static final Markdown OPERATIONS = Markdown.read(Path.of("docs", "operations.md"));
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern LINE = Pattern.compile("(?m)^(\\w+?)(?:_bucket|_sum|_count)?(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");
    private static final Pattern FAMILIES = Pattern.compile("(process|jvm)_.*");
    private static final Pattern USED = Pattern.compile("\\b(?:grpc|function|tls|certwatcher)_\\w+(?=[{\\[ ]|$)");
    private static final Pattern FLAG = Pattern.compile("--[a-z-]+");

    @TempDir
    Path folder;

    private record Metric(String type, Set<String> labels) {}

    @Test
    void theTableHasEveryMetricAndNoOther() throws IOException {
        var told = new TreeMap<String, Metric>();
        Set<String> labels = Set.of();
        for (var row : rows("Metrics and alerts")) {
            var own = codes(row.get(2));
            labels = row.get(2).startsWith("the same") ? and(labels, own) : own;
            for (var name : codes(row.getFirst())) {
                told.put(name, new Metric(row.get(1), labels));
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
        assertEquals(exposed.toString().replace("}, ", "},\n"), told.toString().replace("}, ", "},\n"));
    }

    @Test
    void alertsAskForMetricsThatThereAre() throws IOException {
        var page = metrics();
        var asked = OPERATIONS.blocks("yaml").stream()
                .flatMap(block -> USED.matcher(block).results().map(found -> found.group()))
                .collect(toCollection(TreeSet::new));
        assertEquals(
                List.of(),
                asked.stream()
                        .filter(name -> !page.contains("\n" + name + "{") && !page.contains("\n" + name + " "))
                        .toList());
        assertEquals(true, asked.size() > 3, "alerts are found: " + asked);
    }

    @Test
    void theTableHasEveryFlagButTheOneForTests() {
        var refused = (Parsed.Refused) ServerOptions.parse(List.of("--unknown"), Map.of());
        var known = FLAG.matcher(refused.faults().getFirst().replaceFirst("^--unknown", ""))
                .results()
                .map(found -> found.group())
                .collect(toCollection(TreeSet::new));
        known.remove(Flags.CLOCK);
        var told = rows("Ports and probes").stream()
                .flatMap(row -> codes(row.getFirst()).stream())
                .filter(code -> code.startsWith("--"))
                .collect(toCollection(TreeSet::new));
        assertEquals(known, told);
    }

    /** Of a server with everything on, after one call that counted all there is to count. */
    private String metrics() throws IOException {
        var certificates = new CrossplaneCertificates();
        try (var server = start(new MutualTls(certificates.server(folder, "localhost")), Requests::passOn);
                var served = Served.of(
                        Served.monitored(new Insecure()),
                        (options, log) -> FunctionServer.start(options, OperationsDocumentTest::fatal, log))) {
            served.call(Requests.request());
            // The second has the lines with labels that only come with a call, the first those of certificates.
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
