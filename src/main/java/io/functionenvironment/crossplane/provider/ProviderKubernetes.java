package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Facts about provider-kubernetes 1.3.0. */
public final class ProviderKubernetes {
    public static final Gvk OBJECT = new Gvk("kubernetes.m.crossplane.io/v1alpha1", "Object");
    public static final Gvk PROVIDER_CONFIG = new Gvk("kubernetes.m.crossplane.io/v1alpha1", "ProviderConfig");

    /** The interval for an Object whose readiness is a query; by itself the provider looks every ten minutes. */
    public static final String QUERY_POLL = "1m";

    /**
     * For this long after its own note of a creation the provider does not believe that the object is gone, and keeps a
     * deleted Object that long.
     */
    public static final Duration CREATION_DOUBT = Duration.ofMinutes(1);

    /**
     * What its messages contain while what an object needs has only just been created: the way into a new cluster, a kind, a
     * namespace, or the webhook of an operator.
     */
    public static final List<String> NOT_POSSIBLE_YET = List.of(
            "connect failed",
            "cannot get object: Get ",
            "failed to get server groups",
            "failed to get API group resources",
            "no matches for ",
            "the server could not find the requested resource",
            "namespaces \"",
            "failed calling webhook");

    /** What its messages contain if it cannot read or use the identity of a configuration. */
    public static final List<String> IDENTITY_UNUSABLE =
            List.of("Google Application Credentials", "Azure Application Credentials");

    /**
     * What its messages contain if the API of a cluster cannot be reached, or does not accept the credentials. A client that is
     * new, as it is at each look, first asks for the groups (controller-runtime 0.23, {@code apiutil}).
     */
    public static final List<String> OUT_OF_REACH = List.of(
            "connect failed",
            "cannot get object: Get ",
            "failed to get server groups",
            "failed to get API group resources",
            "Unauthorized");

    /** What the condition Ready begins with if a readiness query cannot be compiled, so that it is never true. */
    private static final String BAD_QUERY = "failed to compile query";

    /** What it begins with if a query cannot be evaluated, for instance because a field does not exist yet. */
    private static final String FAILED_QUERY = "failed to eval the program";

    /** How long a field may be missing that a query reads without has(). */
    private static final Duration FIELDS_MISSING = Duration.ofMinutes(2);

    /** How long something that starts or restarts is usually not ready. */
    private static final Duration STARTING = Duration.ofMinutes(5);

    /** What client-go says of an object of a namespaced kind without a namespace. */
    private static final String NO_NAMESPACE = "an empty namespace may not be set";

    private ProviderKubernetes() {}

    /** What is wrong with the readiness query of an Object, which the provider does not report as an error. */
    public static Optional<String> queryError(ObservedResource object, Instant now) {
        return object.condition("Ready")
                .filter(ready -> !ready.isTrue())
                .filter(ready -> ready.message().startsWith(BAD_QUERY)
                        || (ready.message().startsWith(FAILED_QUERY)
                                && ready.since()
                                        .filter(since ->
                                                since.plus(FIELDS_MISSING).isBefore(now))
                                        .isPresent()))
                .map(ready -> ProviderError.shorten("readiness query: " + ready.message()));
    }

    /** A message with what to do, where the provider's words do not say it. */
    static String explained(String message) {
        return message.contains(NO_NAMESPACE)
                ? "objects of this kind need metadata.namespace (" + message + ")"
                : message;
    }

    /** The object that an Object stands for, as last observed; empty if the provider never found it. See {@link #absent}. */
    public static Json.Obj manifest(ObservedResource object) {
        return object.body().object("status", "atProvider", "manifest");
    }

    /**
     * What an object says for a while already of why it is not ready, where a query decides: the provider reports the result of
     * the query alone. The text has no time in it, because each change of it costs writes to the Environment.
     */
    public static Optional<String> notReady(ObservedResource object, Instant now) {
        return manifest(object).items("status", "conditions").stream()
                .map(Condition::new)
                .filter(ready -> ready.type().equals("Ready")
                        && ready.status().equals("False")
                        && !ready.message().isEmpty())
                .filter(ready -> ready.since()
                        .filter(since -> since.plus(STARTING).isBefore(now))
                        .isPresent())
                .findFirst()
                .map(ready -> "its condition Ready is False: " + ProviderError.shorten(ready.message()));
    }

    /**
     * Whether the API of the cluster has no such kind, so that no object of it exists there. A client says either that the group
     * has no such version, or that the version has no such kind (controller-runtime 0.23, {@code apiutil}; apimachinery 0.35,
     * {@code NoResourceMatchError} and {@code NoKindMatchError}). It says the former also of a version that an aggregated API
     * server has and cannot serve now, so ask only about kinds that have a CustomResourceDefinition.
     */
    public static boolean kindMissing(ObservedResource object) {
        var manifest = object.body().object("spec", "forProvider", "manifest");
        var version = manifest.text("apiVersion").orElse("");
        var kind = manifest.text("kind").orElse("");
        return object.gvk().equals(OBJECT)
                && ProviderError.failing(object)
                        .filter(synced -> synced.message().contains(versionMissing(version))
                                || synced.message().contains(kindMissing(version, kind)))
                        .isPresent();
    }

    private static String versionMissing(String version) {
        return "unable to retrieve the complete list of server APIs: " + version + ": no matches for " + version
                + ", Resource=";
    }

    private static String kindMissing(String version, String kind) {
        return "no matches for kind \"" + kind + "\" in version \"" + version + "\"";
    }

    /** Whether the provider looked for the object and did not find it. */
    public static boolean absent(ObservedResource object) {
        return object.condition("Synced")
                .filter(synced -> synced.status().equals("False") && ProviderError.externalMissing(synced.message()))
                .isPresent();
    }

    /** A time so long before the Object was created that the provider has no doubt left about the creation. */
    public static Optional<String> longAgo(ObservedResource object) {
        return object.created()
                .map(created -> created.minus(Duration.ofHours(1)).toString());
    }
}
