package io.functionenvironment.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.graph.Dependency;
import io.functionenvironment.json.FieldErrors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Apps, manifests and add-ons depend on each other by name, whatever they are. */
class DependencyNamesTest {
    private final FieldErrors errors = new FieldErrors();

    @Test
    void whatDependsOnSomethingStartableIsStartable() {
        assertEquals("a b", startable(app("a", "b"), manifest("b")));
        assertEquals(List.of(), errors.list());
    }

    @Test
    void aNameThatNothingHasIsAnErrorThatNamesTheOthers() {
        assertEquals("b", startable(app("a", "nothing"), manifest("b")));
        assertEquals(
                "[spec.apps.a.dependsOn[0]: is \"nothing\", but nothing with this name is requested; use one of b, or remove"
                        + " it]",
                errors.toString());
    }

    @Test
    void whatDependsOnSomethingThatCannotBePlannedWaitsUnlessThatExists() {
        assertEquals("", startable(app("a", "b"), invalid("b", false)));
        assertEquals("a", startable(app("a", "b"), invalid("b", true)));
    }

    @Test
    void aCycleThroughSeveralAddonsIsReportedOnceAndStopsOnlyWhatIsInIt() {
        assertEquals("c", startable(app("a", "b"), manifest("b", "a"), manifest("c"), manifest("d", "a")));
        assertEquals(
                "[spec.apps.a.dependsOn: forms a cycle: a -> b -> a; remove one of these dependencies]",
                errors.toString());
    }

    @Test
    void theFirstOfTwoWithOneNameKeepsIt() {
        var app = app("a");
        var manifest = manifest("a");
        var names = DependencyNames.of(List.of(app, manifest), errors);
        assertEquals(List.of(true, false), List.of(names.startable(app), names.startable(manifest)));
        assertEquals(
                "[spec.manifests.a.name: is \"a\", the name of another app, manifest or add-on; choose another name]",
                errors.toString());
    }

    @Test
    void oneDependsOnAllComponentsThatANameStandsFor() {
        var names = DependencyNames.of(
                List.of(new DependencyName("spec.mesh", "mesh", List.of("x", "y"), List.of(), true, false)), errors);
        assertEquals(
                List.of("x", "y"),
                names.dependencies(List.of("mesh")).stream().map(Dependency::on).toList());
    }

    private String startable(DependencyName... all) {
        var names = DependencyNames.of(Arrays.asList(all), errors);
        return String.join(
                " ",
                Stream.of(all)
                        .filter(names::startable)
                        .map(DependencyName::name)
                        .toList());
    }

    private static DependencyName app(String name, String... dependsOn) {
        return new DependencyName("spec.apps." + name, name, List.of("app-" + name), List.of(dependsOn), true, false);
    }

    private static DependencyName manifest(String name, String... dependsOn) {
        return new DependencyName(
                "spec.manifests." + name, name, List.of("manifest-" + name), List.of(dependsOn), true, false);
    }

    private static DependencyName invalid(String name, boolean exists) {
        return new DependencyName("spec.manifests", name, List.of("manifest-" + name), List.of(), false, exists);
    }
}
