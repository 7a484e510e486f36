package io.functionenvironment.api.settings;

import io.functionenvironment.json.ExactNumbers;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the values for the vcluster chart, of which only those are checked that the function depends on or adds to. */
public final class VclusterValuesReader {
    private static final int MAX_NAMES = 100;
    private static final Pattern SAN = Pattern.compile("\\S{1,253}");
    private static final String SAN_ALLOWED = "a host name or an address";
    private static final String SECRET_ALLOWED = "an object with name, namespace or both";
    private static final int MAX_SECRETS = 100;
    private static final Set<Json> OFF = Set.of(new Json.Bool(false), new Json.Text("false"));

    /** Values without which a cluster loses its state or cannot be reached. */
    private static final List<String> PROTECTED = List.of(
            "controlPlane.service.enabled",
            "controlPlane.statefulSet.persistence.volumeClaim.enabled",
            "controlPlane.statefulSet.persistence.volumeClaim.size",
            "controlPlane.statefulSet.persistence.volumeClaim.retentionPolicy",
            "controlPlane.backingStore",
            "controlPlane.distro.k8s.version",
            "exportKubeConfig.additionalSecrets");

    private VclusterValuesReader() {}

    /** Chart values. Values by which a cluster would lose its state or its kubeconfig are errors. */
    public static Json.Obj read(FieldReader at) {
        PROTECTED.forEach(path -> refuseNull(at, path));
        var controlPlane = at.field("controlPlane");
        var volume = controlPlane
                .field("statefulSet")
                .field("persistence")
                .field("volumeClaim")
                .field("enabled");
        if (OFF.contains(volume.value())) {
            volume.error("is false; must be true or left out: without a volume the cluster loses its state when its"
                    + " pod restarts");
        }
        var store = controlPlane.field("backingStore");
        if (store.present()) {
            store.error("must be left out: changing the store deletes the state of a cluster");
        }
        refuse(
                controlPlane.field("statefulSet").field("highAvailability").field("replicas"),
                "several control planes need etcd; use highAvailability of a size");
        var secret = at.field("exportKubeConfig").field("secret");
        if (secret.present()) {
            secret.error("must be left out: if it is set, the chart does not create the Secret with the kubeconfig for"
                    + " providers; use exportKubeConfig.additionalSecrets");
        }
        var k8s = controlPlane.field("distro").field("k8s");
        refuse(k8s.field("version"), "the function sets it; use kubernetesVersions and kubernetesVersion of Settings");
        refuse(k8s.field("image").field("tag"), "the function sets the version; use kubernetesVersions of Settings");
        var service = controlPlane.field("service");
        if (OFF.contains(service.field("enabled").value())) {
            service.field("enabled")
                    .error("is false; must be true or left out: the providers reach the cluster by its Service");
        }
        refuse(
                service.field("spec").field("ports"),
                "the kubeconfig for the providers has port 443 of the Service, which leads to the API server");
        secrets(at.field("exportKubeConfig").field("additionalSecrets"));
        controlPlane
                .field("proxy")
                .field("extraSANs")
                .items(MAX_NAMES)
                .forEach(item -> item.required(SAN_ALLOWED).text(SAN, SAN_ALLOWED));
        ExactNumbers.check(at);
        return at.object().orElse(Json.Obj.EMPTY);
    }

    /** The chart refuses a Secret without a name and a namespace, and of two with the same one writes only the last. */
    private static void secrets(FieldReader at) {
        var seen = new HashSet<String>();
        for (var item : at.items(MAX_SECRETS)) {
            item.required(SECRET_ALLOWED);
            if (item.object().isEmpty()) {
                continue;
            }
            var name = item.field("name").text().orElse("");
            var namespace = item.field("namespace").text().orElse("");
            if (name.endsWith("-incluster")) {
                item.field("name")
                        .error("is " + Redaction.of(name)
                                + "; must not end with -incluster, as the function's own Secret does");
            } else if (name.isEmpty() && namespace.isEmpty()) {
                item.error("has neither name nor namespace; must be " + SECRET_ALLOWED);
            } else if (!seen.add(namespace + "/" + name)) {
                item.error("is a second item for " + Redaction.of(name.isEmpty() ? namespace : name)
                        + "; remove one of them");
            }
        }
    }

    /** A null removes the chart's own value, and everything below it. */
    private static void refuseNull(FieldReader at, String path) {
        var field = at;
        for (var key : path.split("\\.", -1)) {
            if (field.has(key) && !field.field(key).present()) {
                field.field(key)
                        .error("is null; must be left out: the cluster does not work without what the chart has there");
                return;
            }
            field = field.field(key);
        }
    }

    private static void refuse(FieldReader at, String reason) {
        if (at.present()) {
            at.error("must be left out: " + reason);
        }
    }
}
