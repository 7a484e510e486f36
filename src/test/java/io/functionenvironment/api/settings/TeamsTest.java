package io.functionenvironment.api.settings;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.Registry;
import io.functionenvironment.api.app.Chart;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TeamsTest {
    private static final Json LARGE = obj("vcluster", obj("cpu", "16"));

    @Test
    void aTeamHasThePlatformsRulesWithItsOwnMergedOverThem() {
        var settings = merge(obj(
                "limits",
                obj("maxApps", 5, "chartRepositories", arr("oci://a.example.org/charts")),
                "teams",
                arr(team("payments", arr("payments"), obj("limits", obj("maxApps", 9))))));
        assertEquals(
                new Limits(List.of("oci://a.example.org/charts"), 9, List.of(), Optional.empty()),
                settings.in("payments").limits());
        assertEquals(5, settings.in("orders").limits().maxApps());
    }

    @Test
    void nullRemovesFromATeamWhatThePlatformOrTheShippedDefaultsHave() {
        var settings = merge(obj(
                "sizes",
                obj(
                        "huge",
                        obj(
                                "existing",
                                obj(
                                        "providerConfig",
                                        "shared",
                                        "cpu",
                                        "1",
                                        "memory",
                                        "1Gi",
                                        "pods",
                                        3,
                                        "volumes",
                                        "1Gi"))),
                "teams",
                arr(team(
                        "trial", arr("trial"), obj("sizes", obj("large", new Json.Null(), "huge", new Json.Null()))))));
        assertEquals(
                List.of(Set.of("small", "medium", "large", "huge"), Set.of("small", "medium")),
                List.of(settings.sizes().keySet(), settings.in("trial").sizes().keySet()));
    }

    @Test
    void aTeamWithAGatewayHasNoIngressOfThePlatform() {
        var gateway = obj("namespace", "gateways", "name", "public");
        var ingress = obj("domain", "example.org", "ingress", obj("className", "nginx"));
        var both = Merge.over(ingress, obj("teams", arr(team("a", arr("a"), obj("gateway", gateway)))));
        assertEquals(List.of("data.teams[0].settings.gateway"), invalid(both));
        var one = obj("gateway", gateway, "ingress", new Json.Null());
        var settings = merge(Merge.over(ingress, obj("teams", arr(team("a", arr("a"), one)))));
        assertEquals(
                List.of(true, false),
                List.of(
                        settings.in("a").addresses().orElseThrow() instanceof GatewayOffer,
                        settings.addresses().orElseThrow() instanceof GatewayOffer));
    }

    @Test
    void theFirstTeamWithANamespaceHasIt() {
        var settings = merge(obj(
                "teams",
                arr(
                        team("audit", arr("payments-audit"), obj("limits", obj("maxApps", 1))),
                        team("payments", arr("payments", "payments-*"), obj("limits", obj("maxApps", 2))),
                        team("all-p", arr("p*"), obj("limits", obj("maxApps", 3))))));
        assertEquals(
                List.of("audit", "payments", "payments", "all-p", "-", "-"),
                List.of("payments-audit", "payments", "payments-", "paymentsx", "orders", "x-payments").stream()
                        .map(namespace ->
                                settings.team(namespace).map(Team::name).orElse("-"))
                        .toList());
    }

    @Test
    void aNamespaceThatAnEarlierTeamHasIsAnError() {
        assertEquals(
                List.of(
                        "data.teams[1].namespaces[0]: is \"payments-audit\", but \"payments-*\" of team payments stands for it"
                                + " already, and the first one counts; remove it, or put it before that one",
                        "data.teams[1].namespaces[1]: is \"payments-x*\", but \"payments-*\" of team payments stands for it"
                                + " already, and the first one counts; remove it, or put it before that one"),
                errors(obj(
                        "teams",
                        arr(
                                team("payments", arr("payments-*"), obj()),
                                team("audit", arr("payments-audit", "payments-x*"), obj())))));
    }

    /** The name of an Environment may have dots: a.b in the namespace n of one domain could be a in b.n of the other. */
    @Test
    void noDomainIsBelowAnotherOne() {
        var teams = arr(
                team("below", arr("below"), obj("domain", "payments.example.org")),
                team("beside", arr("beside"), obj("domain", "payments.example.com")),
                team("above", arr("above"), obj("domain", "example.com")),
                team("similar", arr("similar"), obj("domain", "an-example.org")));
        assertEquals(
                List.of("data.teams[0].settings.domain", "data.teams[2].settings.domain"),
                invalid(obj("domain", "example.org", "teams", teams)));
    }

    @Test
    void everyTeamsResultingRulesAreCheckedAndAnErrorOfThePlatformIsNotRepeated() {
        assertEquals(
                List.of("data.sizes.tiny.vcluster.pods", "data.teams[1].settings.sizes.small.vcluster.cpu"),
                invalid(obj(
                        "sizes",
                        obj(
                                "tiny",
                                obj(
                                        "vcluster",
                                        obj(
                                                "cpu",
                                                "1",
                                                "memory",
                                                "1Gi",
                                                "volumes",
                                                "1Gi",
                                                "storage",
                                                "1Gi",
                                                "controlPlane",
                                                obj("cpu", "1", "memory", "1Gi")))),
                        "teams",
                        arr(
                                team("a", arr("a"), obj("sizes", obj("large", LARGE))),
                                team("b", arr("b"), obj("sizes", obj("small", obj("vcluster", obj("cpu", "1m")))))))));
    }

    @Test
    void whatIsOfTheWholePlatformCannotDifferByTeam() {
        assertEquals(
                List.of(
                        "data.teams[0].settings.pullRequestURL",
                        "data.teams[0].settings.requireEnvironmentConfig",
                        "data.teams[0].settings.teams"),
                invalid(obj(
                        "teams",
                        arr(team(
                                "a",
                                arr("a"),
                                obj(
                                        "requireEnvironmentConfig",
                                        false,
                                        "pullRequestURL",
                                        "https://git.example.org",
                                        "teams",
                                        arr()))))));
    }

    @Test
    void aTeamThatCannotBeReadIsAnError() {
        assertEquals(
                List.of(
                        "data.teams[0]",
                        "data.teams[0].name",
                        "data.teams[0].namespaces",
                        "data.teams[0].settings",
                        "data.teams[1].name",
                        "data.teams[1].namespaces",
                        "data.teams[2].labels",
                        "data.teams[2].name",
                        "data.teams[2].namespaces[0]",
                        "data.teams[2].namespaces[1]",
                        "data.teams[2].namespaces[2]",
                        "data.teams[2].settings"),
                invalid(obj(
                        "teams",
                        arr(
                                "a",
                                team("A", arr(), obj()),
                                obj(
                                        "name",
                                        5,
                                        "namespaces",
                                        arr("*", "a-*-b", new Json.Null()),
                                        "labels",
                                        obj(),
                                        "settings",
                                        "none")))));
        assertEquals(
                List.of("data.teams[1].name"),
                invalid(obj("teams", arr(team("a", arr("a"), obj()), team("a", arr("b"), obj())))));
    }

    @Test
    void aDomainThatATeamLacksIsAnErrorOfTheTeam() {
        var entry = obj("environmentValues", arr(obj("name", "host", "value", "<domain>")));
        assertEquals(
                List.of("data.teams[0].settings.catalog.podinfo.environmentValues[0].value"),
                invalid(obj(
                        "domain",
                        "example.org",
                        "catalog",
                        obj("podinfo", entry),
                        "teams",
                        arr(team("a", arr("a"), obj("domain", new Json.Null()))))));
        assertEquals(
                List.of("data.catalog.podinfo.environmentValues[0].value"),
                invalid(obj("catalog", obj("podinfo", entry), "teams", arr(team("a", arr("a"), obj())))));
    }

    @Test
    void chartsOfTwoTeamsWithOneNameAndVersionFromTwoRepositoriesAreAnError() {
        var errors = errors(obj(
                "teams",
                arr(
                        team("a", arr("a"), chart("web", "oci://a.example.org")),
                        team("b", arr("b"), chart("web", "oci://b.example.org")),
                        team("c", arr("c"), chart("web", "oci://a.example.org")))));
        assertEquals(
                List.of("data.teams[1].settings.catalog.web.chart: is web 1.0.0 from oci://b.example.org, but"
                        + " teams[0].settings.catalog.web.chart is web 1.0.0 from oci://a.example.org, and provider-helm"
                        + " keeps charts by name and version only, so either may be installed in the place of the other; use"
                        + " one repository, or another version"),
                errors);
    }

    /** Otherwise a team could have its own chart installed in the place of another team's. */
    @Test
    void noTeamMayReplaceAChartOfAnother() {
        var settings = merge(obj("teams", arr(team("a", arr("a"), chart("web", "oci://a.example.org")))));
        var replaced = new ArrayList<String>();
        for (var namespace : List.of("a", "others")) {
            settings.in(namespace)
                    .charts()
                    .replacedBy(new Chart(
                            Optional.of("oci://b.example.org"),
                            Optional.of("web"),
                            Optional.of("2.0.0"),
                            Optional.empty(),
                            Optional.empty()))
                    .ifPresent(
                            use -> replaced.add(use.words() + " " + use.entry().isPresent()));
        }
        assertEquals(List.of("the chart of the catalog entry \"web\" true", "a chart of the platform false"), replaced);
    }

    private static Json.Obj chart(String name, String repository) {
        var chart = obj("repository", repository, "name", name, "version", "1.0.0");
        return obj("catalog", obj(name, obj("chart", chart)));
    }

    private static Json team(String name, Json namespaces, Json.Obj settings) {
        return obj("name", name, "namespaces", namespaces, "settings", settings);
    }

    private static Settings merge(Json.Obj data) {
        var errors = new FieldErrors();
        var settings = SettingsDocument.merge(
                List.of(new SettingsDocument("data", data)), Registry.SHIPPED.sizeFormats(), errors);
        assertEquals(List.of(), errors.list());
        return settings;
    }

    private static List<String> invalid(Json.Obj data) {
        return fieldErrors(data).stream().map(FieldError::path).sorted().toList();
    }

    private static List<String> errors(Json.Obj data) {
        return fieldErrors(data).stream().map(FieldError::toString).toList();
    }

    private static List<FieldError> fieldErrors(Json.Obj data) {
        var errors = new FieldErrors();
        SettingsDocument.merge(List.of(new SettingsDocument("data", data)), Registry.SHIPPED.sizeFormats(), errors);
        return errors.list();
    }
}
