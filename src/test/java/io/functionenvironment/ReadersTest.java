package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.fatal;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.ExactNumbers;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How readers handle malformed documents and resources. */
class ReadersTest {

    @Test
    void textThatMayContainAPasswordIsNotInTheResponse() {
        var secret = "https://ci:hunter2@registry.example.org/charts";
        var own = obj("name", "own", "chart", obj("repository", secret, "name", "own", "version", "1.0.0"));
        var response = ready("a")
                .change(environment(obj("apps", arr(own, obj(secret, secret)))))
                .call();
        assertFalse(response.toString().contains("hunter2"), response::toString);
        assertTrue(condition(response, "Accepted").contains("has credentials, which are not shown"));
        var paths = invalid(response);
        assertTrue(paths.containsAll(List.of("spec.apps[0].chart.repository", "spec.apps[1].…")), paths::toString);
    }

    @Test
    void longTextIsTruncatedInErrors() {
        assertEquals("is \"" + "a".repeat(79) + "…\"; must be a digit", textError("a".repeat(1_000_000)));
        assertEquals("is \"" + "a".repeat(80) + "\"; must be a digit", textError("a".repeat(80)));
        // A surrogate pair is not split.
        assertEquals("is \"" + "a".repeat(78) + "…\"; must be a digit", textError("a".repeat(78) + "😀".repeat(10)));
    }

    @Test
    void anAddressWithAQueryIsNotShownInErrors() {
        assertEquals(
                "is a text with '?' (not shown: it may contain a password); must be a digit",
                textError("https://example.org/?token=hunter2"));
        assertEquals("is \"what?\"; must be a digit", textError("what?"));
    }

    private static String textError(String text) {
        var errors = new FieldErrors();
        FieldReader.at("here", Optional.of(new Json.Text(text)), errors).text(Pattern.compile("[0-9]"), "a digit");
        return errors.list().getFirst().message();
    }

    @Test
    void numbersAreShownAsTheyAreInErrors() {
        assertEquals("is 7; must be a whole number from 1 to 3", numberError(7));
        assertEquals("is 1.5; must be a whole number from 1 to 3", numberError(1.5));
        assertEquals("is 1.0E300; must be a whole number from 1 to 3", numberError(1e300));
        assertEquals("is NaN; must be a whole number from 1 to 3", numberError(Double.NaN));
        assertEquals("is -Infinity; must be a whole number from 1 to 3", numberError(Double.NEGATIVE_INFINITY));
    }

    @Test
    void aNumberInValuesMayBeAPasswordAndIsNotShownInErrors() {
        assertTrue(exactError(Double.MAX_VALUE).startsWith("is 1797…; whole numbers from "), exactError(1e300));
        assertTrue(exactError(-9007199254740992.0).startsWith("is -9007…; whole numbers from "), exactError(1e300));
    }

    private static String exactError(double number) {
        var errors = new FieldErrors();
        ExactNumbers.check(FieldReader.at("here", Optional.of(new Json.Num(number)), errors));
        return errors.list().getFirst().message();
    }

    private static String numberError(double number) {
        var errors = new FieldErrors();
        FieldReader.at("here", Optional.of(new Json.Num(number)), errors).integer(1, 3);
        return errors.list().getFirst().message();
    }

    @Test
    void anEnvironmentWithoutAValidNameIsRefused() {
        for (var name : List.of("", "-", "a/b", "Dev", "dev\n", "a".repeat(64))) {
            assertRefused("metadata.name", obj("name", name));
        }
        assertRefused("metadata.name", obj("name", 7));
        assertRefused("metadata.name", obj("name", new Json.Null()));
    }

    @Test
    void anEnvironmentWithoutAValidNamespaceIsRefused() {
        for (var namespace : List.of(new Json.Null(), new Json.Text(""), new Json.Text("-"))) {
            assertRefused("metadata.namespace", obj("namespace", namespace));
        }
    }

    @Test
    void anEnvironmentInAFileNeedsNoNamespace() {
        var errors = new FieldErrors();
        var document = Merge.over(environment("a"), obj("metadata", obj("namespace", new Json.Null())));
        assertTrue(Registry.SHIPPED.readFile(document, errors).isPresent());
        assertEquals(List.of(), errors.list());
    }

    private static void assertRefused(String path, Json metadata) {
        var response = ready("a")
                .change(Merge.over(environment("a"), obj("metadata", metadata)))
                .call();
        assertTrue(fatal(response));
        assertEquals(0, response.getDesired().getResourcesCount());
        assertEquals(3, response.getConditionsCount());
        assertEquals(List.of(path), invalid(response));
    }

    @Test
    void nothingChangesIfTheSpecIsNotAnObject() {
        for (var spec : List.of(new Json.Text("small"), arr(), new Json.Bool(true))) {
            var state = ready("a", "b");
            var before = state.observed("cluster").object("spec");
            var response = state.change(obj(
                            "apiVersion",
                            "platform.internal/v1beta1",
                            "kind",
                            "Environment",
                            "metadata",
                            obj("name", "dev", "namespace", "team-a"),
                            "spec",
                            spec))
                    .step();
            assertEquals("app-a app-b", names(response));
            assertEquals(before, body(response, "cluster").object("spec"));
            assertEquals(List.of("spec"), invalid(response));
        }
    }

    @Test
    void anImplausibleTimestampCountsAsMissing() {
        for (var text : List.of(
                "+1000000000-12-31T23:59:59.999999999Z",
                "-999999999-01-01T00:00:00Z",
                "1999-12-31T23:59:59Z",
                "3000-01-01T00:00:00Z",
                "yesterday",
                "")) {
            assertEquals(Optional.empty(), created(new Json.Text(text)).created());
            assertEquals(
                    Optional.empty(),
                    created(new Json.Text(text))
                            .condition("Ready")
                            .orElseThrow()
                            .since());
        }
        var plausible = created(new Json.Text("2026-01-01T00:00:00Z"));
        assertEquals(Optional.of(Instant.parse("2026-01-01T00:00:00Z")), plausible.created());
        assertEquals(
                plausible.created(), plausible.condition("Ready").orElseThrow().since());
    }

    private static ObservedResource created(Json time) {
        return observed(obj(
                "metadata",
                obj("creationTimestamp", time),
                "status",
                obj("conditions", arr(obj("type", "Ready", "status", "True", "lastTransitionTime", time)))));
    }

    private static ObservedResource observed(Json body) {
        return new ObservedResource(body, Set.of());
    }

    @Test
    void aMalformedResourceCanBeRead() {
        var malformed = List.of(
                new Json.Null(),
                new Json.Bool(false),
                new Json.Num(Double.NaN),
                new Json.Num(1e300),
                new Json.Text(""),
                arr(),
                arr(new Json.Null(), arr(), "x"),
                obj(),
                obj("type", 5, "status", arr(), "observedGeneration", "x", "lastTransitionTime", 1e300));
        for (var value : malformed) {
            var bodies = List.of(
                    value,
                    obj("metadata", value, "status", value),
                    obj(
                            "metadata",
                            obj(
                                    "name",
                                    value,
                                    "labels",
                                    value,
                                    "annotations",
                                    value,
                                    "creationTimestamp",
                                    value,
                                    "deletionTimestamp",
                                    value,
                                    "generation",
                                    value),
                            "status",
                            obj("conditions", value)),
                    obj(
                            "metadata",
                            obj("generation", value),
                            "status",
                            obj(
                                    "conditions",
                                    arr(value, obj("type", "Ready", "status", "True", "observedGeneration", value)))));
            for (var body : bodies) {
                var seen = observed(body);
                assertTrue(seen.name().isEmpty());
                assertEquals(Optional.empty(), seen.created());
                assertEquals(Optional.empty(), seen.label("a"));
                assertEquals(Optional.empty(), seen.annotation("a"));
                assertFalse(seen.is("Synced"));
                seen.is("Ready");
                seen.deleting();
            }
        }
    }

    @Test
    void aPausedResourceHasNoRightToDelete() {
        assertEquals(ManagementPolicies.NO_DELETE, policy(obj("managementPolicies", arr())));
        assertEquals(ManagementPolicies.ALL, policy(obj()));
        assertEquals(ManagementPolicies.ALL, policy(obj("managementPolicies", new Json.Null())));
        assertEquals(ManagementPolicies.ALL, policy(obj("managementPolicies", arr("*"))));
        assertEquals(ManagementPolicies.OBSERVE, policy(obj("managementPolicies", arr("Observe"))));
        assertEquals(
                ManagementPolicies.NO_LATE_INITIALIZE,
                policy(obj("managementPolicies", arr("Observe", "Create", "Update", "Delete"))));
    }

    private static ManagementPolicies policy(Json.Obj spec) {
        var body = Merge.over(ready("a").observed("app-a"), obj("spec", obj("managementPolicies", new Json.Null())));
        return Resource.read(observed(Merge.over(body, obj("spec", spec)))).policies();
    }
}
