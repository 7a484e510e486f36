package io.functionenvironment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The labels that a pod of an app can have in the host cluster. */
final class PodLabels {
    static final String MANAGED = "vcluster.loft.sh/managed-by";

    /** Those of a pod that vcluster 0.36.1 renames, {@code pkg/util/translate/single_namespace.go}. It passes on all others. */
    private static final Set<String> RENAMED =
            Set.of("release", MANAGED, "vcluster.loft.sh/namespace", "vcluster.loft.sh/controlled-by");

    /** How the admission policy for pods in host namespaces names the values of the label {@code app} that it refuses. */
    private static final Pattern REFUSED = Pattern.compile("variables\\.app == '([a-z-]+)'");

    private PodLabels() {}

    /**
     * What remains of these labels on a pod that a team creates with them; without those that are refused.
     *
     * @param wanted by which network policies select pods
     */
    static List<Map<String, String>> possible(List<Map<String, String>> wanted) throws IOException {
        var refused = REFUSED.matcher(Files.readString(Path.of("package/host/host-protection.yaml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        return wanted.stream()
                .filter(labels -> !refused.contains(labels.getOrDefault("app", "")))
                .map(PodLabels::synced)
                .toList();
    }

    private static Map<String, String> synced(Map<String, String> labels) {
        var synced = new HashMap<>(labels);
        synced.keySet().removeAll(RENAMED);
        synced.put(MANAGED, "dev");
        return Map.copyOf(synced);
    }
}
