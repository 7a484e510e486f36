package io.functionenvironment.api.app;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Charts that Helm cannot find are refused, each with its reason. */
class ChartReaderTest {
    private static final Json.Obj CHART =
            obj("repository", "https://charts.example.org", "name", "web", "version", "1.0.0");

    @TestFactory
    Stream<DynamicTest> aVersionThatHelmCanReadIsAccepted() {
        return Stream.of(
                        "1.2.3",
                        "v1.2.3",
                        "01.2.3",
                        "1.2.3-0",
                        "1.2.3-0a.1",
                        "1.2.3--1",
                        "1.2.3-rc.1+01.x",
                        "1.2.3+00",
                        "1.2.3-99999999999999999999",
                        "9999999999999999999.0.0")
                .map(version ->
                        DynamicTest.dynamicTest(version, () -> assertEquals(List.of(), errors("version", version))));
    }

    @TestFactory
    Stream<DynamicTest> aVersionThatHelmCannotReadHasItsReason() {
        var dots = "must have letters, digits or '-' on both sides of each '.', and behind '-' and '+'";
        var zero = "begins with 0; Helm refuses that behind '-'";
        var numbers = "must have numbers of at most 19 digits";
        return Map.ofEntries(
                        Map.entry("1.2.3-01", ", where the number 01 " + zero),
                        Map.entry("1.2.3-a.00+b", ", where the number 00 " + zero),
                        Map.entry("1.2.3-rc..1", "; " + dots),
                        Map.entry("1.2.3-.a", "; " + dots),
                        Map.entry("1.2.3-", "; " + dots),
                        Map.entry("1.2.3+a..b", "; " + dots),
                        Map.entry("1.2.3+a.", "; " + dots),
                        Map.entry("99999999999999999999.0.0", "; " + numbers),
                        Map.entry("v1.2.99999999999999999999-rc.1", "; " + numbers))
                .entrySet()
                .stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(),
                        () -> assertEquals(
                                List.of("chart.version: is \"" + each.getKey() + "\"" + each.getValue()),
                                errors("version", each.getKey()))));
    }

    @TestFactory
    Stream<DynamicTest> anAddressThatCannotBeThatOfARepositoryHasItsReason() {
        var query = "has a '?' or '#' (not shown: it may contain a password); must be an address without them; write"
                + " credentials into a Secret and set pullSecretRef";
        var index = "ends with index.yaml, which Helm adds itself; must be the address without it";
        return Map.of(
                        "https://charts.example.org/index.yaml", index,
                        "https://charts.example.org/a/index.yaml/", index,
                        "https://charts.example.org:0/a", "has the port \"0\"; must be a port from 1 to 65535",
                        "oci://charts.example.org:65536", "has the port \"65536\"; must be a port from 1 to 65535",
                        "https://charts.example.org/?token=hunter2", query,
                        "HTTPS://charts.example.org?token=hunter2", query,
                        "https://charts.example.org/a#hunter2", query)
                .entrySet()
                .stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(),
                        () -> assertEquals(
                                List.of("chart.repository: " + each.getValue()), errors("repository", each.getKey()))));
    }

    @TestFactory
    Stream<DynamicTest> anAddressWithAPortIsAccepted() {
        return Stream.of(
                        "https://charts.example.org:1",
                        "https://charts.example.org:65535/a",
                        "oci://charts.example.org:0443",
                        "oci://charts.example.org/index.yaml",
                        "https://charts.example.org/index.yaml.d")
                .map(address ->
                        DynamicTest.dynamicTest(address, () -> assertEquals(List.of(), errors("repository", address))));
    }

    private static List<String> errors(String field, String value) {
        var errors = new FieldErrors();
        ChartReader.complete(FieldReader.at("chart", Optional.of(Merge.over(CHART, obj(field, value))), errors));
        return errors.list().stream().map(Object::toString).toList();
    }
}
