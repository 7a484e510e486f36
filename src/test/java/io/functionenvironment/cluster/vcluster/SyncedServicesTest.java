package io.functionenvironment.cluster.vcluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names of Services in the host namespace are those that vcluster gives them. */
class SyncedServicesTest {
    private static String name(String vcluster, String namespace, String service) {
        return new SyncedServices("env-team-a-dev", vcluster).name(namespace, service);
    }

    @Test
    void aNameHasTheServiceItsNamespaceAndTheVcluster() {
        assertEquals("web-x-shop-x-dev", name("dev", "shop", "web"));
    }

    @Test
    void aNameOfMoreThan63CharactersEndsWithTheBeginningOfTheHashOfTheWhole() {
        var longest = Stream.of(24, 25)
                .map(length -> name("c".repeat(9), "b".repeat(24), "a".repeat(length)))
                .toList();
        assertEquals(
                List.of(
                        "a".repeat(24) + "-x-" + "b".repeat(24) + "-x-" + "c".repeat(9),
                        "a".repeat(25) + "-x-" + "b".repeat(24) + "-3131fe792a"),
                longest);
    }
}
