package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.fatal;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.api.environment.EnvironmentReader;
import io.functionenvironment.crossplane.observed.ObservedResource;
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

/** What readers make of documents that are not as they should be. */
class ReadersTest {

    @Test
    void whatMayBeAPasswordIsNotRepeated() {
        var secret = "https://ci:hunter2@registry.example.org/charts";
        var own = obj("name", "own", "chart", obj("repository", secret, "name", "own", "version", "1.0.0"));
        var response = ready("a")
                .change(environment(obj("apps", arr(own, obj(secret, secret)))))
                .call();
        assertFalse(response.toString().contains("hunter2"), response::toString);
        assertTrue(
                condition(response, "Accepted")
                        .contains(
                                "spec.apps[0].chart.repository: is text that is not shown, as it may hold a password, must be"));
        assertTrue(condition(response, "Accepted").contains("spec.apps[1].…: unknown field"));
    }

    @Test
    void aLongTextIsNotRepeatedAsAWhole() {
        assertEquals("is \"" + "a".repeat(79) + "…\", must be a digit", fault(new Json.Text("a".repeat(1_000_000))));
        assertEquals("is \"" + "a".repeat(80) + "\", must be a digit", fault(new Json.Text("a".repeat(80))));
        // No half of what takes two characters.
        assertEquals(
                "is \"" + "a".repeat(78) + "…\", must be a digit",
                fault(new Json.Text("a".repeat(78) + "😀".repeat(10))));
    }

    private static String fault(Json tree) {
        var faults = new FieldErrors();
        FieldReader.at("here", Optional.of(tree), faults).text(Pattern.compile("[0-9]"), "a digit");
        return faults.list().getFirst().message();
    }

    @Test
    void aNumberIsRepeatedAsItIs() {
        assertEquals("is 7, must be a whole number from 1 to 3", number(7));
        assertEquals("is 1.5, must be a whole number from 1 to 3", number(1.5));
        assertEquals("is 1.0E300, must be a whole number from 1 to 3", number(1e300));
        assertEquals("is NaN, must be a whole number from 1 to 3", number(Double.NaN));
        assertEquals("is -Infinity, must be a whole number from 1 to 3", number(Double.NEGATIVE_INFINITY));
    }

    private static String number(double number) {
        var faults = new FieldErrors();
        FieldReader.at("here", Optional.of(new Json.Num(number)), faults).integer(1, 3);
        return faults.list().getFirst().message();
    }

    @Test
    void withoutASoundNameItIsNoEnvironment() {
        for (var name : List.of("", "-", "a/b", "Dev", "dev\n", "a".repeat(64))) {
            assertRefused("metadata.name: is ", obj("name", name));
        }
        assertRefused("metadata.name: is a number, must be text", obj("name", 7));
        assertRefused("metadata: apiVersion, kind and metadata.name must be there", obj("name", new Json.Null()));
    }

    @Test
    void withoutANamespaceItIsNoEnvironment() {
        for (var nothing : List.of(new Json.Null(), new Json.Text(""))) {
            assertRefused(
                    "metadata.namespace: must be there: an Environment is namespaced, as is all that it is made of",
                    obj("namespace", nothing));
        }
        assertRefused("metadata.namespace: is \"-\", must be ", obj("namespace", "-"));
    }

    @Test
    void aDocumentMayLeaveItsNamespaceToKubectl() {
        var faults = new FieldErrors();
        var document = Merge.over(environment("a"), obj("metadata", obj("namespace", new Json.Null())));
        assertTrue(EnvironmentReader.read(document, faults, true).isPresent());
        assertEquals(List.of(), faults.list());
    }

    private static void assertRefused(String because, Json metadata) {
        var response = ready("a")
                .change(Merge.over(environment("a"), obj("metadata", metadata)))
                .call();
        assertTrue(fatal(response));
        assertEquals(0, response.getDesired().getResourcesCount());
        assertEquals(3, response.getConditionsCount());
        assertTrue(
                condition(response, "Accepted").startsWith("FALSE Invalid: " + because),
                () -> condition(response, "Accepted"));
    }

    @Test
    void aSpecThatIsNoObjectIsNoReasonToChangeAnything() {
        for (var spec : List.of(new Json.Text("small"), arr(), new Json.Bool(true))) {
            var road = ready("a", "b");
            var before = road.observed("cluster").object("spec");
            var response = road.change(obj(
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
            assertTrue(condition(response, "Accepted").startsWith("FALSE Invalid: spec: is "));
        }
    }

    @Test
    void aTimeThatNoClockCanHaveShownIsNotSaid() {
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
        var good = created(new Json.Text("2026-01-01T00:00:00Z"));
        assertEquals(Optional.of(Instant.parse("2026-01-01T00:00:00Z")), good.created());
        assertEquals(good.created(), good.condition("Ready").orElseThrow().since());
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
    void noTreeIsTooOddToLookAt() {
        var odd = List.of(
                new Json.Null(),
                new Json.Bool(false),
                new Json.Num(Double.NaN),
                new Json.Num(1e300),
                new Json.Text(""),
                arr(),
                arr(new Json.Null(), arr(), "x"),
                obj(),
                obj("type", 5, "status", arr(), "observedGeneration", "x", "lastTransitionTime", 1e300));
        for (var tree : odd) {
            var places = List.of(
                    tree,
                    obj("metadata", tree, "status", tree),
                    obj(
                            "metadata",
                            obj(
                                    "name",
                                    tree,
                                    "labels",
                                    tree,
                                    "annotations",
                                    tree,
                                    "creationTimestamp",
                                    tree,
                                    "deletionTimestamp",
                                    tree,
                                    "generation",
                                    tree),
                            "status",
                            obj("conditions", tree)),
                    obj(
                            "metadata",
                            obj("generation", tree),
                            "status",
                            obj(
                                    "conditions",
                                    arr(tree, obj("type", "Ready", "status", "True", "observedGeneration", tree)))));
            for (var place : places) {
                var seen = observed(place);
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
    void aPausedResourceMayNotDelete() {
        assertEquals(ManagementPolicies.NO_DELETE, policy(obj("managementPolicies", arr())));
        assertEquals(ManagementPolicies.ALL, policy(obj()));
        assertEquals(ManagementPolicies.ALL, policy(obj("managementPolicies", new Json.Null())));
        assertEquals(ManagementPolicies.ALL, policy(obj("managementPolicies", arr("*"))));
        assertEquals(ManagementPolicies.OBSERVE, policy(obj("managementPolicies", arr("Observe"))));
    }

    private static ManagementPolicies policy(Json.Obj spec) {
        var body = Merge.over(ready("a").observed("app-a"), obj("spec", obj("managementPolicies", new Json.Null())));
        return Resource.read(observed(Merge.over(body, obj("spec", spec)))).policies();
    }
}
