package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.App;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
 * @param addresses how apps are reachable from outside; empty if they are not
 * @param argocdRegistration how the clusters of Environments are registered in an Argo CD; empty if they are not
 * @param holdSecurityFixes whether running clusters keep values that a later release fixes
 * @param requireConfig whether nothing may change while the EnvironmentConfig is missing
 * @param teams those with rules of their own; none in the Settings of a team
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
        Optional<AddressOffer> addresses,
        Optional<ArgocdRegistration> argocdRegistration,
        boolean holdSecurityFixes,
        boolean requireConfig,
        List<Team> teams) {

    /** The team with a namespace; empty if the platform's own rules apply to it. */
    public Optional<Team> team(String namespace) {
        return teams.stream().filter(team -> team.has(namespace)).findFirst();
    }

    /** The Settings that apply to the Environments of a namespace. */
    public Settings in(String namespace) {
        return team(namespace).map(Team::settings).orElse(this);
    }

    /** These Settings with teams. All know the charts of all, because provider-helm keeps charts for the whole host. */
    Settings withTeams(List<Team> others) {
        return with(
                charts.beside(
                        others.stream().map(team -> team.settings().charts).toList()),
                others.stream()
                        .map(team -> new Team(
                                team.name(),
                                team.namespaces(),
                                team.settings()
                                        .with(team.settings().charts.beside(othersThan(team, others)), List.of())))
                        .toList());
    }

    private List<PlatformCharts> othersThan(Team team, List<Team> all) {
        return Stream.concat(
                        Stream.of(charts),
                        all.stream()
                                .filter(other -> !other.name().equals(team.name()))
                                .map(other -> other.settings().charts))
                .toList();
    }

    private Settings with(PlatformCharts some, List<Team> all) {
        return new Settings(
                sizes,
                catalog,
                apps,
                some,
                host,
                access,
                vcluster,
                limits,
                manifests,
                argocd,
                knative,
                timing,
                explicitCharts,
                domain,
                addresses,
                argocdRegistration,
                holdSecurityFixes,
                requireConfig,
                all);
    }

    /** The domain of an Environment in DNS; empty if Environments have none. */
    public Optional<String> domain(String namespace, String name) {
        return domain.map(some -> name + "." + namespace + "." + some);
    }
}
