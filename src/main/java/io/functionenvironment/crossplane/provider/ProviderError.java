package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.observed.ReportedText;
import io.functionenvironment.json.Json;
import java.util.Optional;

/** What a provider reports as wrong with a managed resource, in its own words. */
public final class ProviderError {
    /** What a message contains if the external resource does not exist; crossplane-runtime, {@code reconciler/managed}. */
    public static final String EXTERNAL_MISSING = "external resource does not exist";

    private static final int MAX_LENGTH = 600;

    private ProviderError() {}

    /** The error; empty if the provider reports none. */
    public static Optional<String> of(ObservedResource observed) {
        if (UpjetError.covers(observed)) {
            return UpjetError.of(observed).map(ProviderError::shorten);
        }
        return syncFailure(observed)
                .or(() -> helmFailure(observed))
                .map(ReportedText::beginning)
                // What a message about an Object quotes is in its manifest, which never is a Secret.
                .map(message -> observed.gvk().sameKind(ProviderKubernetes.OBJECT)
                        ? ProviderKubernetes.explained(message)
                        : ProviderHelm.withoutValues(observed, message))
                .map(ProviderError::shorten);
    }

    /** Whether a message says that the external resource does not exist. */
    public static boolean externalMissing(String message) {
        return message.contains(EXTERNAL_MISSING);
    }

    /** Whether the provider cannot look at the external resource, so that it cannot delete it either. */
    public static Optional<Condition> cannotObserve(ObservedResource observed) {
        return failing(observed)
                .filter(synced -> synced.message().startsWith("observe failed")
                        || synced.message().startsWith("connect failed"))
                .filter(synced -> !externalMissing(synced.message()));
    }

    /** Whether the provider fails to delete the external resource. */
    public static boolean cannotDelete(ObservedResource observed) {
        return failing(observed)
                .filter(synced -> synced.message().startsWith("delete failed"))
                .isPresent();
    }

    /** Whether an external resource exists or a creation is under way, so that there is something to delete. */
    public static boolean mayExist(ObservedResource observed) {
        var missing = observed.condition("Synced")
                .filter(synced -> externalMissing(synced.message()))
                .isPresent();
        var pending = observed.annotation(ManagedAnnotations.CREATE_PENDING).orElse("");
        var failed = observed.annotation(ManagedAnnotations.CREATE_FAILED).orElse("");
        return !missing
                && (ProviderHelm.revision(observed) > 0
                        // What existed before its managed resource is not created by it.
                        || observed.is("Ready")
                        || !ProviderKubernetes.manifest(observed).isEmpty()
                        || observed.annotation(ManagedAnnotations.CREATE_SUCCEEDED)
                                .isPresent()
                        || pending.compareTo(failed) > 0);
    }

    static Optional<Condition> failing(ObservedResource observed) {
        return observed.condition("Synced").filter(synced -> synced.status().equals("False"));
    }

    private static Optional<String> syncFailure(ObservedResource observed) {
        return failing(observed).map(Condition::message).filter(message -> !message.isEmpty());
    }

    /** provider-helm reports a release that Helm failed to install as synced. */
    private static Optional<String> helmFailure(ObservedResource observed) {
        var release = observed.body().at("status", "atProvider").orElse(Json.Obj.EMPTY);
        return release.text("state").filter(state -> failed(state, observed)).map(state -> {
            var tries = observed.body()
                    .number("status", "failed")
                    .map(Double::intValue)
                    .orElse(0);
            var limit = observed.body()
                    .number("spec", "rollbackLimit")
                    .map(Double::intValue)
                    .orElse(0);
            return release.text("releaseDescription").orElse("the Helm release failed")
                    + (limit == 0
                            ? ""
                            : tries >= limit
                                    ? " (retry " + limit + " of " + limit + "; after that, " + ProviderHelm.RETRIED_ONLY
                                            + ")"
                                    : " (retry " + tries + " of " + limit + ")");
        });
    }

    /** An interrupted operation stays pending; Helm's own description of it does not help then. */
    private static boolean failed(String state, ObservedResource observed) {
        var tries = observed.body().number("status", "failed").orElse(0.0);
        return state.equals("failed")
                || (state.startsWith("pending")
                        && tries
                                >= observed.body()
                                        .number("spec", "rollbackLimit")
                                        .orElse(Double.MAX_VALUE));
    }

    /** Conditions and events have bounds. */
    static String shorten(String text) {
        var line = ReportedText.beginning(text).replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
    }
}
