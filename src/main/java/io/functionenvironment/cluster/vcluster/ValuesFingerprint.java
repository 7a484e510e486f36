package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.environment.Environment;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Release;
import java.util.Optional;

/**
 * What a cluster's values were made of. As long as nobody asks for anything else, and nobody has touched them, they stay as
 * they are: a later release of ours may make other values of the same wishes, and must not restart what runs.
 */
final class ValuesFingerprint {
    private ValuesFingerprint() {}

    /** Of values that are not all that was wished for, since there was no room: they stay too, until there is. */
    private static final String HELD = "held-";

    /** The wishes, and the values made of them, in a few digits. */
    static String of(Environment environment, Settings settings, Json.Obj values) {
        return wishes(environment, settings) + "-" + Digest.of(values);
    }

    /** An existing cluster if its values are still what was made of the same wishes. */
    static Optional<Release> standing(Environment environment, Settings settings, Optional<Release> existing) {
        return existing.filter(
                release -> release.basis().equals(Optional.of(of(environment, settings, release.values()))));
    }

    /** The same of values of which some had to stay as they were. */
    static String held(Environment environment, Settings settings, Json.Obj values) {
        return HELD + of(environment, settings, values);
    }

    /** An existing cluster if its values are still what was made of the same wishes without room for all of them. */
    static Optional<Release> holding(Environment environment, Settings settings, Optional<Release> existing) {
        return existing.filter(
                release -> release.basis().equals(Optional.of(held(environment, settings, release.values()))));
    }

    private static String wishes(Environment environment, Settings settings) {
        return Digest.of(obj(
                text("size", environment.size()),
                text("kubernetesVersion", environment.kubernetesVersion()),
                field(
                        "sizes",
                        environment.size().flatMap(size -> settings.explicit().at("sizes", size))),
                field("vcluster", settings.explicit().at("vcluster"))));
    }
}
