package io.functionenvironment.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The pages of the catalog. {@code ./mvnw test -Dtest=SiteTest -Dgolden.update=true} writes those that are compared as a whole. */
class SiteTest {
    private static final Path FOLDER = Path.of("src/test/resources/catalog");
    private static final Offers SHIPPED = Offers.of(SettingsDocument.complete(List.of()));

    @Test
    void theFirstPageHasAllTypesAndWhatThePlatformOffers() throws IOException {
        golden("index.html", IndexPage.of(List.of(database(), environment()), SHIPPED, true));
    }

    @Test
    void whatThePlatformOffersToEachTeamIsOnThePageAndAScriptShowsOneOfThem() throws IOException {
        golden("teams.html", IndexPage.of(List.of(environment()), teams(), true));
    }

    @Test
    void theFormKnowsWhatItCanSuggestToEachTeam() throws IOException {
        var page = TypePage.of(environment(), Optional.of(teams()), List.of(), true);
        var data = page.replaceFirst("(?s).*<script type=\"application/json\" id=\"type\">", "")
                .replaceFirst("(?s)</script>.*", "");
        assertEquals(
                Yaml.documents("""
                        - name: payments-trial
                          namespaces: [payments-trial]
                          suggestions:
                            spec.size: [small]
                            spec.kubernetesVersion: %1$s
                            spec.apps[].name: [podinfo]
                            spec.apps[].catalog: [podinfo]
                            metadata.namespace: [payments-trial]
                        - name: payments
                          namespaces: [payments, payments-*]
                          suggestions:
                            spec.size: [small, medium, large]
                            spec.kubernetesVersion: %1$s
                            spec.apps[].name: [podinfo, ledger]
                            spec.apps[].catalog: [podinfo, ledger]
                            metadata.namespace: [payments]
                        """.formatted(quoted(SHIPPED.others().kubernetesVersions())))
                        .getFirst(),
                Yaml.documents(data).getFirst().at("teams").orElseThrow());
    }

    private static List<String> quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').toList();
    }

    @Test
    void aPageWithoutAScriptShowsTheRulesOfAllTeams() throws IOException {
        var page = IndexPage.of(List.of(environment()), teams(), false);
        assertFalse(page.contains("<script"), page);
        assertEquals(3, page.split("<div data-team", -1).length - 1);
    }

    private static Offers teams() throws IOException {
        var settings = SettingsDocument.of(
                Yaml.documents(Files.readString(Path.of("examples/teams/settings.yaml")))
                        .getFirst(),
                new FieldErrors());
        return Offers.of(SettingsDocument.complete(settings.stream().toList()));
    }

    @Test
    void theLicencesOfTheLibrariesAreInTheSite() throws IOException {
        var files = new Site(List.of(database()), SHIPPED, List.of()).files();
        assertEquals(Site.hasForms(), files.containsKey(Site.SCRIPT));
        for (var library : List.of("js-yaml", "@marcbachmann/cel-js", "@cfworker/json-schema")) {
            assertEquals(
                    Site.hasForms(), String.valueOf(files.get(Site.LICENCES)).contains(library + " "), library);
        }
    }

    @Test
    void thePageOfATypeHasItsFieldsBoundsAndRules() throws IOException {
        var text = Files.readString(FOLDER.resolve("database.yaml"));
        var example =
                new Example("database", text, (Json.Obj) Yaml.documents(text).getFirst(), Optional.of("<svg></svg>"));
        golden("database.html", TypePage.of(database(), Optional.empty(), List.of(example), true));
    }

    @Test
    void everyFieldOfAnEnvironmentIsOnItsPage() throws IOException {
        var page = TypePage.of(environment(), Optional.of(SHIPPED), List.of(), false);
        var missing = new TreeSet<String>();
        descriptions(environment().schema(), missing);
        missing.removeIf(description ->
                page.contains(Html.element("p", Html.prose(description)).write().replaceAll("</?p>", "")));
        assertEquals(new TreeSet<>(), missing);
    }

    private static void descriptions(Json json, Set<String> found) {
        switch (json) {
            case Json.Obj(var fields) -> {
                // A list's item is described in lower case, after what the list is.
                fields.forEach((key, value) -> {
                    if (!key.equals("items") && !key.equals("additionalProperties")) {
                        descriptions(value, found);
                    }
                });
                json.text("description").map(String::strip).ifPresent(found::add);
            }
            case Json.Arr(var items) -> items.forEach(item -> descriptions(item, found));
            case Json other -> assertFalse(other.kind().isEmpty());
        }
    }

    @Test
    void withoutAScriptThePageHasNoForm() throws IOException {
        var page = TypePage.of(database(), Optional.empty(), List.of(), false);
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("id=\"form\""), page);
    }

    @Test
    void noTextBecomesMarkup() throws IOException {
        var hostile = "</script><img src=x onerror=alert(1)>";
        var type = database();
        var other = new RequestableType(
                type.group(),
                type.version(),
                hostile,
                type.plural(),
                true,
                List.of(),
                List.of(),
                (Json.Obj) Yaml.documents("{description: \"" + hostile + "\"}").getFirst(),
                List.of(),
                List.of());
        var page = TypePage.of(
                other,
                Optional.empty(),
                List.of(new Example(hostile, hostile, Json.Obj.EMPTY, Optional.empty())),
                true);
        assertFalse(page.contains("<img"), page);
        assertTrue(page.contains("\\u003c/script>"), page);
    }

    @Test
    void teamsCreateClaimsWhereThereAreSome() {
        var type = read("""
                apiVersion: apiextensions.crossplane.io/v1
                kind: CompositeResourceDefinition
                spec:
                  group: example.org
                  names: {kind: XBucket, plural: xbuckets}
                  claimNames: {kind: Bucket, plural: buckets}
                  versions:
                  - {name: v1, served: true, referenceable: true, schema: {openAPIV3Schema: {type: object}}}
                """);
        assertEquals(
                List.of("Bucket", "example.org/v1", "true"),
                List.of(type.kind(), type.apiVersion(), "" + type.namespaced()));
        assertTrue(type.crossplaneFields().contains("compositionRef"));
    }

    @Test
    void aDefinitionThatIsIncompleteIsRefusedByPath() {
        var errors = new FieldErrors();
        var type = RequestableType.of(
                Yaml.documents(
                                "{apiVersion: apiextensions.crossplane.io/v2, kind: CompositeResourceDefinition, spec: {names: {kind: X}}}")
                        .getFirst(),
                errors);
        assertEquals(Optional.empty(), type);
        assertEquals(
                List.of("spec.group", "spec.names.plural", "spec.versions"),
                errors.list().stream().map(FieldError::path).toList());
    }

    private static RequestableType database() throws IOException {
        return read(Files.readString(FOLDER.resolve("definition.yaml")));
    }

    private static RequestableType environment() throws IOException {
        return read(Files.readString(Path.of("package/configuration/definition.yaml")));
    }

    private static RequestableType read(String text) {
        return RequestableType.of(Yaml.documents(text).getFirst(), new FieldErrors())
                .orElseThrow();
    }

    private static void golden(String name, String text) throws IOException {
        // A line for each element, so that a difference can be read.
        var lines = text.replace("><", ">\n<");
        if (Boolean.getBoolean("golden.update") && System.getenv("CI") == null) {
            Files.writeString(FOLDER.resolve(name), lines);
        }
        assertEquals(Files.readString(FOLDER.resolve(name)), lines);
    }
}
