package io.functionenvironment.cluster;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.environment.Environment;
import io.functionenvironment.resource.Release;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.tree.Digest;
import io.functionenvironment.tree.Tree;
import java.util.Optional;

/**
 * What a cluster's values were made of. As long as nobody asks for anything else, and nobody has touched them, they stay as
 * they are: a later release of ours may make other values of the same wishes, and must not restart what runs.
 */
final class Basis {
    private Basis() {}

    /** The wishes, and the values made of them, in a few digits. */
    static String of(Environment environment, Settings settings, Tree.Obj values) {
        return wishes(environment, settings) + "-" + Digest.of(values);
    }

    /** An existing cluster if its values are still what was made of the same wishes. */
    static Optional<Release> standing(Environment environment, Settings settings, Optional<Release> existing) {
        return existing.filter(
                release -> release.basis().equals(Optional.of(of(environment, settings, release.values()))));
    }

    private static String wishes(Environment environment, Settings settings) {
        return Digest.of(obj(
                "size", environment.size(),
                "kubernetesVersion", environment.kubernetesVersion(),
                "sizes", environment.size().flatMap(size -> settings.explicit().at("sizes", size)),
                "vcluster", settings.explicit().at("vcluster")));
    }
}
