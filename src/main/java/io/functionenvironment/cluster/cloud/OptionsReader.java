package io.functionenvironment.cluster.cloud;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.resource.ProviderIdentity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads what sizes of all clouds have.
 *
 * @param location the field that has the region or zone
 * @param locationFormat what it may be
 * @param locationAllowed the same in words
 * @param identities the types of identity that there may be; none if the kubeconfig always has credentials
 * @param sources where their credentials may be
 * @param identityRequired whether there has to be one
 */
public record OptionsReader(
        String location,
        Pattern locationFormat,
        String locationAllowed,
        Set<String> identities,
        Set<String> sources,
        boolean identityRequired) {
    /** The source of an identity that has a Secret. */
    public static final String SECRET = "Secret";

    /** The source of one that the pods of the providers have. */
    public static final String INJECTED = "InjectedIdentity";

    /** What labels and tags of all three clouds may be; Google Cloud allows the least. */
    private static final Pattern KEY = Pattern.compile("[a-z][-a-z0-9_]{0,62}");

    private static final String KEY_ALLOWED =
            "1 to 63 lower case letters, digits, '-' and '_', beginning with a letter";
    private static final Pattern VALUE = Pattern.compile("[-a-z0-9_]{0,63}");
    private static final String VALUE_ALLOWED = "at most 63 lower case letters, digits, '-' and '_'";
    private static final Set<String> OWN = Set.of("team", "environment", "size");
    private static final int MOST_LABELS = 32;
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{2}");
    private static final Pattern SECRET_KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final String CIDR_ALLOWED = "a network, like 198.51.100.0/24";
    private static final Pattern CIDR = Pattern.compile("([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}");
    private static final int MOST_NETWORKS = 50;
    private static final Set<String> CONFIG_KINDS = Set.of("ClusterProviderConfig", "ProviderConfig");

    /** The fields that this reads, with those of one cloud. */
    public Set<String> fields(Set<String> others) {
        var all = new TreeSet<>(others);
        all.addAll(Set.of(
                location, "providerConfig", "kubernetesVersion", "labels", "pricePerHour", "authorizedNetworks"));
        if (!identities.isEmpty()) {
            all.add("identity");
        }
        return all;
    }

    public CloudSize.Options read(FieldReader at) {
        return new CloudSize.Options(
                at.field(location)
                        .required(locationAllowed)
                        .text(locationFormat, locationAllowed)
                        .orElse(""),
                providerConfig(at.field("providerConfig")),
                identity(at.field("identity")),
                at.field("kubernetesVersion").text(MINOR, "a minor version without a patch version, like \"1.35\""),
                labels(at.field("labels")),
                Price.read(at.field("pricePerHour")),
                at.field("authorizedNetworks").items(MOST_NETWORKS).stream()
                        .flatMap(item -> item.required(CIDR_ALLOWED).text(CIDR, CIDR_ALLOWED).stream())
                        .toList());
    }

    private static ProviderConfigRef providerConfig(FieldReader at) {
        at.only(Set.of("kind", "name"));
        var kind = oneOf(at.field("kind"), CONFIG_KINDS).orElse("ClusterProviderConfig");
        var name = at.field("name").text(AppReader.OBJECT, AppReader.allowedName(kind));
        return new ProviderConfigRef(kind, name.orElse("default"));
    }

    private Optional<ProviderIdentity> identity(FieldReader at) {
        if (identityRequired) {
            at.required("an object with source, because the kubeconfig of such a cluster has no credentials");
        }
        if (!at.present()) {
            return Optional.empty();
        }
        at.only(identities.size() == 1 ? Set.of("source", "secretRef") : Set.of("type", "source", "secretRef"));
        var type = identities.size() == 1
                ? identities.stream().findFirst()
                : oneOf(at.field("type").required(either(identities)), identities);
        var source = oneOf(at.field("source").required(either(sources)), sources);
        var ref = at.field("secretRef");
        if (source.equals(Optional.of(INJECTED)) || source.isEmpty()) {
            if (ref.present() && source.isPresent()) {
                ref.error("is set, but source is InjectedIdentity; remove it, or set source to Secret");
            }
            return type.map(some -> new ProviderIdentity(some, Optional.empty()));
        }
        ref.required("an object with namespace, name and key").only(Set.of("namespace", "name", "key"));
        if (!ref.present()) {
            return Optional.empty();
        }
        var namespace =
                ref.field("namespace").required("a namespace").text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED);
        var allowed = AppReader.allowedName("Secret");
        var name = ref.field("name").required(allowed).text(AppReader.OBJECT, allowed);
        var key = ref.field("key").required("a key of the Secret").text(SECRET_KEY, "a key of the Secret");
        return type.map(some -> new ProviderIdentity(
                some,
                Optional.of(new ProviderIdentity.SecretKey(namespace.orElse(""), name.orElse(""), key.orElse("")))));
    }

    private static Map<String, String> labels(FieldReader at) {
        var labels = new LinkedHashMap<String, String>();
        var entries = at.entries();
        if (entries.size() > MOST_LABELS) {
            at.error("has " + entries.size() + " labels; must have at most " + MOST_LABELS);
        }
        entries.forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                at.error("has the key " + Redaction.of(key) + "; must have keys of " + KEY_ALLOWED);
            } else if (OWN.contains(key)) {
                at.error("has the key " + key + "; must not have it: the function sets it");
            }
            value.text(VALUE, VALUE_ALLOWED).ifPresent(text -> labels.put(key, text));
        });
        return Map.copyOf(labels);
    }

    /** A text that is one of a few. */
    public static Optional<String> oneOf(FieldReader at, Set<String> allowed) {
        return at.text().filter(text -> {
            if (!allowed.contains(text)) {
                at.error("is " + Redaction.of(text) + "; must be " + either(allowed));
            }
            return allowed.contains(text);
        });
    }

    private static String either(Set<String> texts) {
        var sorted = texts.stream().sorted().toList();
        var last = sorted.getLast();
        return sorted.size() == 1 ? last : String.join(", ", sorted.subList(0, sorted.size() - 1)) + " or " + last;
    }
}
