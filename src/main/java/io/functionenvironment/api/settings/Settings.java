package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.App;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the platform offers, and how its Environments are set up.
 *
 * @param sizes by name
 * @param catalog apps by the name of their entry
 * @param apps the apps that every Environment has
 * @param charts all that the platform installs
 * @param access who may do what with the clusters of Environments
 * @param explicitCharts the catalog entries whose chart the platform set itself. A shipped default only counts when something
 *     is created: later releases have other defaults, and must not change what runs
 * @param domain below which Environments have names in DNS
 * @param ingress how apps are reachable from outside; empty if they are not
 * @param argocdRegistration how the clusters of Environments are registered in an Argo CD; empty if they are not
 * @param holdSecurityFixes whether running clusters keep values that a later release fixes
 * @param requireConfig whether nothing may change while the EnvironmentConfig is missing
 */
public record Settings(
        Map<String, Size> sizes,
        Map<String, App> catalog,
        List<App> apps,
        PlatformCharts charts,
        Host host,
        AccessRules access,
        VclusterOffer vcluster,
        Limits limits,
        ManifestRules manifests,
        ArgoCdOffer argocd,
        KnativeOffer knative,
        Timing timing,
        Set<String> explicitCharts,
        Optional<String> domain,
        Optional<IngressOffer> ingress,
        Optional<ArgocdRegistration> argocdRegistration,
        boolean holdSecurityFixes,
        boolean requireConfig) {

    /** The domain of an Environment in DNS; empty if Environments have none. */
    public Optional<String> domain(String namespace, String name) {
        return domain.map(some -> name + "." + namespace + "." + some);
    }
}
