package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.fields;
import static io.functionenvironment.json.Json.items;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * On which nodes of the host cluster all pods of a virtual cluster run, those of its control plane included, and how.
 *
 * @param nodeSelector labels that the nodes have
 * @param tolerations for taints of the nodes
 * @param runtimeClass of the pods; empty for the default of the nodes
 */
record Scheduling(Map<String, String> nodeSelector, List<Toleration> tolerations, Optional<String> runtimeClass) {
    private static final int MOST = 16;

    /** Reads the three fields of a size. */
    static Scheduling read(FieldReader size) {
        var labels = new LinkedHashMap<String, String>();
        var selector = size.field("nodeSelector");
        if (selector.entries().size() > MOST) {
            selector.error("has " + selector.entries().size() + " keys; must have at most " + MOST);
        }
        selector.entries().forEach((key, value) -> {
            if (!LabelFormat.KEY.matcher(key).matches()) {
                selector.error("has the key " + Redaction.of(key) + "; must have valid label keys, "
                        + LabelFormat.KEY_ALLOWED);
            }
            value.required(LabelFormat.VALUE_ALLOWED)
                    .text(LabelFormat.VALUE, LabelFormat.VALUE_ALLOWED)
                    .ifPresent(text -> labels.put(key, text));
        });
        return new Scheduling(
                labels,
                size.field("tolerations").items(MOST).stream()
                        .map(Toleration::read)
                        .toList(),
                size.field("runtimeClass").text(AppReader.OBJECT, AppReader.allowedName("RuntimeClass")));
    }

    /** Of a pod, as the chart has it for the pods that it installs. */
    Json.Obj ofPods() {
        return obj(
                fields("nodeSelector", Json.texts(nodeSelector)),
                items(
                        "tolerations",
                        tolerations.stream().<Json>map(Toleration::json).toList()));
    }

    /**
     * Of the pods that the virtual cluster syncs to the host (vcluster 0.36, {@code resources/pods}). The selector applies to them
     * without {@code sync.fromHost.nodes.enabled}, which would need rights for nodes.
     */
    Json.Obj ofSyncedPods() {
        var lines = tolerations.stream().map(Toleration::line).toList();
        var pods = obj(items("enforceTolerations", texts(lines).items()), text("runtimeClassName", runtimeClass));
        var selector = obj(fields("labels", Json.texts(nodeSelector)));
        return obj(
                fields("fromHost", obj(fields("nodes", obj(fields("selector", selector))))),
                fields("toHost", obj(fields("pods", pods))));
    }
}
