package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.api.settings.VclusterOffer;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.Optional;
import java.util.stream.Stream;

/** The values of the vcluster chart. The chart rejects unknown keys, so every key here is one that it has. */
final class VclusterValues {
    private VclusterValues() {}

    /**
     * The platform's values for all sizes and for this one, merged over what follows from the size and the isolation, and under
     * those that the kubeconfig and the Kubernetes version depend on. The lists of names in the certificate, of Secrets with a
     * kubeconfig and of opened addresses are joined.
     *
     * @param kubernetes the tag of the Kubernetes image
     * @param former the values of the release that exists
     */
    static Json.Obj of(
            VclusterSize size,
            Settings settings,
            VclusterPlacement placement,
            Demands demands,
            String kubernetes,
            Optional<Json.Obj> former) {
        var offer = settings.vcluster();
        var service = placement.service();
        var names = Stream.concat(
                        Stream.concat(
                                        size
                                                .host()
                                                .map(host -> host.name(placement.release(), placement.namespace()))
                                                .stream(),
                                        Stream.of(service, service + ".cluster.local"))
                                .map(Json.Text::new),
                        added(offer, size, "controlPlane", "proxy", "extraSANs"))
                .distinct()
                .toList();
        // An additional Secret, because `vcluster connect` expects the localhost address in the default one.
        var kubeconfig = obj(
                field("name", placement.kubeconfig().from()),
                field("server", placement.address()),
                field("context", placement.release()));
        var secrets = Stream.concat(Stream.of(kubeconfig), added(offer, size, "exportKubeConfig", "additionalSecrets"))
                .distinct()
                .toArray(Json[]::new);
        var controlPlane = obj(
                field("proxy", obj(field("extraSANs", names))),
                field("distro", obj(field("k8s", obj(field("version", kubernetes))))));
        var exposure = size.host()
                .flatMap(host -> host.exposure()
                        .map(some -> ExposureValues.of(some, host.name(placement.release(), placement.namespace()))))
                .orElse(Json.Obj.EMPTY);
        var oidc = OidcValues.of(offer.oidc(), path -> added(offer, size, path));
        var required = obj(
                field("exportKubeConfig", obj(field("additionalSecrets", arr(secrets)))),
                field("controlPlane", Merge.over(Merge.over(controlPlane, oidc), exposure)));
        var given = Merge.values(offer.values(), size.values());
        var platform = Merge.values(
                Merge.over(
                        base(size, offer, placement, demands), AddressValues.of(settings.addresses(), demands, former)),
                given);
        return Merge.over(Merge.over(platform, NetworkPolicyValues.opened(offer, given)), required);
    }

    /**
     * By default, vcluster writes the tokens of the ServiceAccounts of synced pods into annotations of these pods (vcluster 0.36, {@code
     * resources/pods/translate}). Everybody who may read pods in the host namespace could then act as these accounts.
     */
    private static final Json.Obj TOKENS_IN_SECRETS =
            obj(field("toHost", obj(field("pods", obj(field("useSecretsForSATokens", true))))));

    /** The items that the platform adds to a list, for all sizes and for this one. */
    private static Stream<Json> added(VclusterOffer offer, VclusterSize size, String... path) {
        return Stream.of(offer.values(), size.values()).flatMap(values -> values.items(path).stream());
    }

    /** The name of the Secret, in the host namespace, with the kubeconfig for clients within the host cluster. */
    static String secret(String release) {
        return release + "-incluster";
    }

    /** The address in the kubeconfig of a Secret, in values. */
    static Optional<String> server(Json.Obj values, String secret) {
        return values.items("exportKubeConfig", "additionalSecrets").stream()
                .filter(item -> item.text("name").equals(Optional.of(secret)))
                .findFirst()
                .flatMap(item -> item.text("server"));
    }

    /** The tag of the Kubernetes image in values. */
    static Optional<String> kubernetes(Json.Obj values) {
        return values.text("controlPlane", "distro", "k8s", "version");
    }

    private static Json.Obj base(VclusterSize size, VclusterOffer offer, VclusterPlacement placement, Demands demands) {
        var availability = placement.availability();
        var policies = obj(
                field("podSecurityStandard", offer.podSecurity()),
                field("networkPolicy", NetworkPolicyValues.of(offer)),
                field(
                        "resourceQuota",
                        offer.quota()
                                ? obj(field("enabled", true), field("quota", Quota.hard(size, availability, demands)))
                                : obj(field("enabled", false))),
                field("limitRange", offer.quota() ? Quota.limitRange(size) : obj(field("enabled", false))));
        return obj(
                field("controlPlane", new ControlPlaneValues(size, offer, availability).json()),
                field("sync", Merge.over(TOKENS_IN_SECRETS, size.scheduling().ofSyncedPods())),
                field("policies", policies),
                field("telemetry", obj(field("enabled", false))));
    }
}
