package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.json.Json;
import java.math.BigDecimal;
import java.util.TreeMap;

/** The ResourceQuota of a virtual cluster's host namespace. Usage is not counted; tests write it into the status. */
record HostQuota(Cluster host) {

    /** Deploys the quota that the chart renders from the values. */
    void install(String namespace, String name, Json.Obj values) {
        var quota = ref(namespace, name);
        var policy = values.object("policies", "resourceQuota");
        if (!policy.isTrue("enabled")) {
            host.delete(quota);
            return;
        }
        var hard = new TreeMap<String, String>();
        policy.object("quota").fields().forEach((key, limit) -> hard.put(key, text(limit)));
        host.apply(
                "helm",
                obj(
                        field("apiVersion", quota.apiVersion()),
                        field("kind", quota.kind()),
                        field("metadata", Manifests.metadata(namespace, quota.name())),
                        field("spec", obj(field("hard", Json.texts(hard))))));
        host.update(quota, HostQuota::withStatus);
    }

    void uninstall(String namespace, String name) {
        host.delete(ref(namespace, name));
    }

    /** Whether the quota admits a new pod of the control plane. */
    boolean admits(String namespace, String name) {
        var status = host.get(ref(namespace, name)).orElse(Json.Obj.EMPTY).object("status");
        return status.object("used").fields().entrySet().stream()
                .allMatch(used -> status.at("hard", used.getKey())
                        .filter(limit -> amount(used.getValue()).compareTo(amount(limit)) > 0)
                        .isEmpty());
    }

    static Ref ref(String namespace, String name) {
        return new Ref("v1", "ResourceQuota", namespace, "vc-" + name);
    }

    private static Json.Obj withStatus(Json.Obj quota) {
        var hard = quota.object("spec", "hard");
        var used = new TreeMap<String, String>();
        hard.fields()
                .keySet()
                .forEach(key -> used.put(key, quota.text("status", "used", key).orElse("0")));
        return JsonEdit.set(quota, obj(field("hard", hard), field("used", Json.texts(used))), "status");
    }

    private static BigDecimal amount(Json quantity) {
        return Quantity.parse(text(quantity)).getNumericalAmount();
    }

    private static String text(Json quantity) {
        return switch (quantity) {
            case Json.Text(var text) -> text;
            case Json.Num(var number) -> String.valueOf(Math.round(number));
            default -> "0";
        };
    }
}
