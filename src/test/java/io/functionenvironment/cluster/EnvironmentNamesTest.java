package io.functionenvironment.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.api.environment.Identity;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** These names are part of the API: the resources of existing Environments have them, so no release may change them. */
class EnvironmentNamesTest {

    @Test
    void namesNeverChange() {
        var names = new EnvironmentNames(new Identity("platform.internal", "Environment", "team-a", "dev"), "env-");
        assertEquals("env-team-a-dev-jpaxfzo35gcbqyrz", names.namespace());
        assertEquals("dev", names.release());
        assertEquals("dev-jpaxfzo35gcbqyrz-kubeconfig", names.kubeconfigSecret());
    }

    @Test
    void compositesOfDifferentKindsHaveDifferentNames() {
        var names = new EnvironmentNames(new Identity("example.org", "Sandbox", "team-a", "dev"), "env-");
        assertEquals("env-team-a-dev-gbcbm7k2c6g4khn4", names.namespace());
        assertEquals("dev-gbcbm7k2c6g4khn4-kubeconfig", names.kubeconfigSecret());
    }

    @Test
    void longNamesAreTruncatedAndDifferent() {
        var one = new EnvironmentNames(
                identity("a-namespace-with-a-long-name", "an-environment.with-a-long.name-1"), "env-");
        var other = new EnvironmentNames(
                identity("a-namespace-with-a-long-name", "an-environment.with-a-long.name-2"), "env-");
        assertEquals("an-environment-w", one.release());
        assertTrue(!one.namespace().equals(other.namespace()));
    }

    @Test
    void everyNameIsValidAndWithinItsMaximumLength() {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++) {
            var names = new EnvironmentNames(identity(name(random), name(random)), i % 2 == 0 ? "env-" : "abcdefghi-");
            var label = "[a-z]([-a-z0-9]*[a-z0-9])?";
            assertTrue(names.namespace().matches(label) && names.namespace().length() <= 41, names.namespace());
            assertTrue(names.release().matches(label) && names.release().length() <= 16, names.release());
            assertTrue(
                    names.kubeconfigSecret().matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                            && names.kubeconfigSecret().length() <= 63,
                    names.kubeconfigSecret());
        }
    }

    private static Identity identity(String namespace, String name) {
        return new Identity("platform.internal", "Environment", namespace, name);
    }

    private static String name(Random random) {
        var ends = "abcxyz019";
        var middle = ends + "--..";
        var name = new StringBuilder().append(ends.charAt(random.nextInt(ends.length())));
        for (var i = random.nextInt(61); i > 0; i--) {
            name.append(middle.charAt(random.nextInt(middle.length())));
        }
        return name.append(ends.charAt(random.nextInt(ends.length()))).toString();
    }
}
