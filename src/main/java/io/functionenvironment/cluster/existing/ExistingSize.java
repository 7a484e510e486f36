package io.functionenvironment.cluster.existing;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.settings.AddressBlocks;
import io.functionenvironment.api.settings.Size;
import io.functionenvironment.cluster.AmountRange;
import io.functionenvironment.cluster.AmountRange.Amount;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A share of an existing cluster.
 *
 * @param helm the name of the ClusterProviderConfig of provider-helm for the cluster
 * @param kubernetes the name of that of provider-kubernetes
 * @param name what people call the cluster
 * @param kubernetesVersion its minor version, as the platform says; empty if it does not
 * @param apiServer its address, likewise
 * @param connect a shell line by which people connect, likewise
 * @param cpu what everything in the namespace together may request
 * @param memory likewise
 * @param volumes likewise of all volume claims
 * @param containerCpu the limit of a container that sets none itself
 * @param containerMemory likewise
 * @param podSecurity the pod security standard of the namespace
 * @param networkPolicy whether a network policy isolates the namespace
 * @param openAddresses the blocks that this policy opens although they are closed by default
 * @param trusted whether teams may request what needs all the rights of the platform's credentials
 */
record ExistingSize(
        String helm,
        String kubernetes,
        String name,
        Optional<String> kubernetesVersion,
        Optional<String> apiServer,
        Optional<String> connect,
        Quantity cpu,
        Quantity memory,
        int pods,
        Quantity volumes,
        Quantity containerCpu,
        Quantity containerMemory,
        int loadBalancers,
        String podSecurity,
        boolean networkPolicy,
        List<String> openAddresses,
        boolean trusted)
        implements Size {
    private static final String NO_APP = "no app could run with less";
    private static final AmountRange CPU = new AmountRange(Amount.CPU, "100m", "10000", NO_APP);
    private static final AmountRange MEMORY = new AmountRange(Amount.BYTES, "64Mi", "100Ti", NO_APP);
    private static final AmountRange VOLUMES = new AmountRange(Amount.BYTES, "1M", "10000Ti", "no volume is smaller");
    private static final AmountRange CONTAINER_CPU =
            new AmountRange(Amount.CPU, "10m", "1000", "Linux cannot limit a container to less");
    private static final AmountRange CONTAINER_MEMORY =
            new AmountRange(Amount.BYTES, "16Mi", "32Ti", "a container would be killed as soon as it starts");
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{2}");
    private static final Pattern ADDRESS = Pattern.compile("https://[-A-Za-z0-9.:/_]{1,500}");
    private static final Pattern LINE = Pattern.compile(".{1,512}");
    private static final Set<String> STANDARDS = Set.of("privileged", "baseline", "restricted");
    private static final int MAX_PODS = 1000;

    @Override
    public String type() {
        return Part.OWNER.type();
    }

    static ExistingSize read(FieldReader at) {
        at.only(Set.of(
                "providerConfig",
                "helmProviderConfig",
                "kubernetesVersion",
                "apiServer",
                "connect",
                "cpu",
                "memory",
                "pods",
                "volumes",
                "containerLimits",
                "loadBalancers",
                "podSecurity",
                "networkPolicy",
                "openAddresses",
                "trusted"));
        var allowed = AppReader.allowedName("ClusterProviderConfig");
        var kubernetes = at.field("providerConfig").required(allowed).text(AppReader.OBJECT, allowed);
        var helm = at.field("helmProviderConfig").text(AppReader.OBJECT, allowed);
        var limits = at.field("containerLimits").only(Set.of("cpu", "memory"));
        return new ExistingSize(
                helm.or(() -> kubernetes).orElse(""),
                kubernetes.orElse(""),
                kubernetes.orElse(""),
                at.field("kubernetesVersion").text(MINOR, "a minor version without a patch version, like \"1.35\""),
                at.field("apiServer").text(ADDRESS, "an https:// address"),
                at.field("connect").text(LINE, "a command of at most 512 characters"),
                CPU.read(at.field("cpu")),
                MEMORY.read(at.field("memory")),
                at.field("pods")
                        .required("a number like 20")
                        .integer(1, MAX_PODS)
                        .orElse(1),
                VOLUMES.read(at.field("volumes")),
                limits.field("cpu").present() ? CONTAINER_CPU.read(limits.field("cpu")) : Quantity.parse("1"),
                limits.field("memory").present()
                        ? CONTAINER_MEMORY.read(limits.field("memory"))
                        : Quantity.parse("512Mi"),
                at.field("loadBalancers").integer(0, MAX_PODS).orElse(0),
                standard(at.field("podSecurity")),
                at.field("networkPolicy").bool().orElse(true),
                AddressBlocks.read(at.field("openAddresses")),
                at.field("trusted").bool().orElse(false));
    }

    private static String standard(FieldReader at) {
        var standard = at.text();
        standard.filter(text -> !STANDARDS.contains(text))
                .ifPresent(
                        text -> at.error("is " + Redaction.of(text) + "; must be privileged, baseline or restricted"));
        return standard.orElse("restricted");
    }
}
