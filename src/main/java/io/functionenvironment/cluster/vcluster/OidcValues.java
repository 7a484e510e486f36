package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.fields;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.settings.OidcIssuer;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values of the vcluster chart, below {@code controlPlane}, by which the API server accepts the tokens of an issuer
 * (kube-apiserver 1.35, flags {@code --oidc-*}; chart vcluster 0.36.1, {@code templates/statefulset.yaml}).
 */
record OidcValues(OidcIssuer issuer, Added added) {
    private static final String VOLUME = "oidc-issuer";
    private static final String FOLDER = "/etc/oidc-issuer";
    private static final String FILE = "ca.crt";
    private static final String ANNOTATION = "environment.fn.crossplane.io/oidc-ca";

    /** The items that the platform adds to a list in the values. */
    interface Added {
        Stream<Json> at(String... path);
    }

    Json.Obj json() {
        var flags = Stream.concat(
                        flags().<Json>map(Json.Text::new),
                        added.at("controlPlane", "distro", "k8s", "apiServer", "extraArgs"))
                .toList();
        return obj(
                field("distro", obj(field("k8s", obj(field("apiServer", obj(field("extraArgs", flags))))))),
                fields("statefulSet", issuer.certificates().map(this::file).orElse(Json.Obj.EMPTY)));
    }

    private Stream<String> flags() {
        return Stream.of(
                        Stream.of(
                                "--oidc-issuer-url=" + issuer.url(),
                                "--oidc-client-id=" + issuer.clientId(),
                                "--oidc-username-claim=" + issuer.usernameClaim(),
                                "--oidc-username-prefix=" + issuer.prefix(),
                                "--oidc-groups-prefix=" + issuer.prefix()),
                        issuer.groupsClaim().map("--oidc-groups-claim="::concat).stream(),
                        issuer.requiredClaims().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(claim -> "--oidc-required-claim=" + claim.getKey() + "=" + claim.getValue()),
                        issuer.certificates().map(ignored -> "--oidc-ca-file=" + FOLDER + "/" + FILE).stream())
                .flatMap(flags -> flags);
    }

    /**
     * The file is an annotation of the pod. A ConfigMap would have to exist before the pod, and the API server, which reads the file
     * once, would not restart when its content changes.
     */
    private Json.Obj file(String certificates) {
        var item = obj(
                field("path", FILE),
                field("fieldRef", obj(field("fieldPath", "metadata.annotations['" + ANNOTATION + "']"))));
        var volume = obj(field("name", VOLUME), field("downwardAPI", obj(field("items", arr(item)))));
        var mount = obj(field("name", VOLUME), field("mountPath", FOLDER), field("readOnly", true));
        return obj(
                field("pods", obj(field("annotations", obj(field(ANNOTATION, certificates))))),
                field(
                        "persistence",
                        obj(
                                field("addVolumes", list(volume, "addVolumes")),
                                field("addVolumeMounts", list(mount, "addVolumeMounts")))));
    }

    private List<Json> list(Json.Obj ours, String key) {
        return Stream.concat(Stream.of(ours), added.at("controlPlane", "statefulSet", "persistence", key))
                .toList();
    }

    /** None if the API server accepts no tokens. */
    static Json.Obj of(Optional<OidcIssuer> issuer, Added added) {
        return issuer.map(some -> new OidcValues(some, added).json()).orElse(Json.Obj.EMPTY);
    }
}
