package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.json.Json;
import java.math.BigDecimal;
import java.util.TreeMap;

/** The quota of a virtual cluster's host namespace. Nothing counts by itself: what is used is what somebody wrote there. */
record HostQuota(Cluster host) {

    /** Makes it what the chart makes of its values. */
    void follow(String namespace, String name, Json.Obj values) {
        var quota = ref(namespace, name);
        var policy = values.object("policies", "resourceQuota");
        if (!policy.isTrue("enabled")) {
            host.delete(quota);
            return;
        }
        var hard = new TreeMap<String, String>();
        policy.object("quota").fields().forEach((key, most) -> hard.put(key, text(most)));
        host.apply(
                "helm",
                obj(
                        field("apiVersion", quota.apiVersion()),
                        field("kind", quota.kind()),
                        field("metadata", Bodies.meta(namespace, quota.name())),
                        field("spec", obj(field("hard", Json.texts(hard))))));
        host.update(quota, HostQuota::counted);
    }

    void remove(String namespace, String name) {
        host.delete(ref(namespace, name));
    }

    /** Whether a pod that has to start again may. */
    boolean admits(String namespace, String name) {
        var status = host.get(ref(namespace, name)).orElse(Json.Obj.EMPTY).object("status");
        return status.object("used").fields().entrySet().stream()
                .allMatch(used -> status.at("hard", used.getKey())
                        .filter(most -> amount(used.getValue()).compareTo(amount(most)) > 0)
                        .isEmpty());
    }

    static Ref ref(String namespace, String name) {
        return new Ref("v1", "ResourceQuota", namespace, "vc-" + name);
    }

    private static Json.Obj counted(Json.Obj quota) {
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
