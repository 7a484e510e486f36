package io.functionenvironment.addon.argocd;

import io.functionenvironment.api.app.RetryRequestReader;
import io.functionenvironment.api.argocd.Application;
import io.functionenvironment.api.argocd.ApplicationReader;
import io.functionenvironment.api.settings.ArgoCdOffer.SecretKey;
import io.functionenvironment.api.settings.ArgoCdReader;
import io.functionenvironment.json.FieldReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code spec.argocd}, where it is enabled.
 *
 * @param ui whether the web interface runs
 * @param applicationSets whether the controller of ApplicationSets runs
 * @param required whether the Environment is not ready until the Application is synchronized and healthy
 * @param retryRequestedAt what a failed release is retried for once more when it changes
 * @param sshKnownHosts lines of a known_hosts file
 * @param tlsCertificates certificates of authorities in PEM, by host
 */
record ArgoCdSpec(
        Application application,
        boolean ui,
        boolean applicationSets,
        boolean required,
        Optional<SecretKey> credentials,
        Optional<String> retryRequestedAt,
        Optional<String> sshKnownHosts,
        Map<String, String> tlsCertificates) {
    private static final Pattern KNOWN_HOSTS = Pattern.compile("(?s).{1,16384}");
    private static final Pattern CERTIFICATE = Pattern.compile(
            "(?=(?s:.{1,65600})$)\\s*(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----\\s*)+");
    private static final int MOST_HOSTS = 16;
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /** The fields below {@code spec.argocd} that are not those of an Application. */
    private static final Set<String> FIELDS = Set.of(
            "enabled",
            "ui",
            "applicationSets",
            "requiredForReady",
            "credentialsSecretRef",
            RetryRequestReader.FIELD,
            "sshKnownHosts",
            "tlsCertificates");

    /** Reads it; empty, with errors, if any part of it is invalid. */
    static Optional<ArgoCdSpec> read(FieldReader at) {
        var before = at.errorCount();
        var fields = new TreeSet<>(FIELDS);
        fields.addAll(ApplicationReader.FIELDS);
        at.only(fields);
        var application = ApplicationReader.read(at);
        var certificates = new LinkedHashMap<String, String>();
        var entries = at.field("tlsCertificates").entries();
        if (entries.size() > MOST_HOSTS) {
            at.field("tlsCertificates").error("has " + entries.size() + " hosts; must have at most " + MOST_HOSTS);
        }
        entries.forEach((host, certificate) -> {
            if (!HOST.matcher(host).matches()) {
                at.field("tlsCertificates")
                        .error("has a key that is not a host; use the host of the repository, in lower case and without"
                                + " a port");
            }
            certificate
                    .text(CERTIFICATE, "one or more certificates in PEM, and nothing else")
                    .ifPresent(text -> certificates.put(host, text));
        });
        var hosts =
                at.field("sshKnownHosts").text(KNOWN_HOSTS, "lines of a known_hosts file, at most 16384 characters");
        var ui = at.field("ui").bool().orElse(false);
        var sets = at.field("applicationSets").bool().orElse(false);
        var required = at.field("requiredForReady").bool().orElse(false);
        var credentials = ArgoCdReader.secret(at.field("credentialsSecretRef"));
        var retry = RetryRequestReader.read(at);
        return at.errorCount() == before
                ? application.map(some ->
                        new ArgoCdSpec(some, ui, sets, required, credentials, retry, hosts, Map.copyOf(certificates)))
                : Optional.empty();
    }
}
