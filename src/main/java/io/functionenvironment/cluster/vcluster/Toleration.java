package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.Optional;
import java.util.Set;

/**
 * A toleration for taints of nodes of the host cluster, without {@code tolerationSeconds}, which vcluster 0.36 cannot enforce.
 *
 * @param key of the taint; empty for all keys
 * @param value of the taint; empty for all values
 * @param effect of the taint; empty for all effects
 */
record Toleration(Optional<String> key, Optional<String> value, Optional<String> effect) {
    private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final String EXISTS = "Exists";
    private static final String EQUAL = "Equal";

    static Toleration read(FieldReader at) {
        at.required("an object with key, operator, value and effect, as in a pod")
                .only(Set.of("key", "operator", "value", "effect"));
        var key = at.field("key").text(LabelFormat.KEY, "the key of a taint, " + LabelFormat.KEY_ALLOWED);
        var operator = at.field("operator").text();
        operator.filter(text -> !Set.of(EXISTS, EQUAL).contains(text))
                .ifPresent(
                        text -> at.field("operator").error("is " + Redaction.of(text) + "; must be Equal or Exists"));
        var value = at.field("value").text(LabelFormat.VALUE, LabelFormat.VALUE_ALLOWED);
        var effect = at.field("effect").text();
        effect.filter(text -> !EFFECTS.contains(text))
                .ifPresent(text -> at.field("effect")
                        .error("is " + Redaction.of(text) + "; must be NoSchedule, PreferNoSchedule or NoExecute"));
        var exists = operator.equals(Optional.of(EXISTS));
        if (exists && at.field("value").present()) {
            at.field("value").error("is set, but operator is Exists; remove value, or set operator to Equal");
        }
        if (at.object().isPresent() && !exists && !at.field("key").present()) {
            at.field("key").error("is missing; must be the key of a taint unless operator is Exists");
        }
        return new Toleration(key, exists ? Optional.empty() : value.or(() -> Optional.of("")), effect);
    }

    /** As in a pod. */
    Json.Obj json() {
        return obj(
                text("key", key),
                text("operator", Optional.of(value.isPresent() ? EQUAL : EXISTS)),
                text("value", value),
                text("effect", effect));
    }

    /**
     * In the form of {@code sync.toHost.pods.enforceTolerations} (vcluster 0.36, {@code pkg/util/toleration}): without the colon
     * a key alone would stand for a taint with an empty value.
     */
    String line() {
        return key.isEmpty() && effect.isEmpty()
                ? "*"
                : key.orElse("") + value.map("="::concat).orElse("") + ":" + effect.orElse("");
    }
}
