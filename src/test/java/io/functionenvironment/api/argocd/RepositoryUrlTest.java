package io.functionenvironment.api.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The address that is compared with the places of a platform is the one that Git, Helm or a registry's client connects to. */
class RepositoryUrlTest {
    private static final Map<String, String> ACCEPTED = Map.ofEntries(
            Map.entry("https://github.com/team/app.git", "https github.com team/app"),
            Map.entry("https://GitHub.com/Team/app/", "https github.com Team/app"),
            Map.entry("http://git.example.com:8080/app", "http git.example.com:8080 app"),
            Map.entry("https://charts.example.com", "https charts.example.com "),
            Map.entry("https://charts.example.com/", "https charts.example.com "),
            Map.entry(
                    "https://dev.azure.com/org/my%20project/_git/app", "https dev.azure.com org/my%20project/_git/app"),
            Map.entry("ssh://git@git.example.com:2222/team/app.git", "ssh git.example.com:2222 team/app"),
            Map.entry("ssh://git.example.com/team/app", "ssh git.example.com team/app"),
            Map.entry("git@github.com:team/app.git", "ssh github.com team/app"),
            Map.entry("git@git.example.com:/srv/git/app.git", "ssh git.example.com srv/git/app"),
            Map.entry("git@git.example.com:~user/app", "ssh git.example.com ~user/app"),
            Map.entry("oci://registry.example.com:5000/team/manifests", "oci registry.example.com:5000 team/manifests"),
            Map.entry("registry.example.com/charts", " registry.example.com charts"),
            Map.entry("registry.example.com:5000", " registry.example.com:5000 "));

    /** Also by the XRD, but for the rules that it has besides the pattern. */
    private static final List<String> REFUSED = List.of(
            "",
            "https://",
            "https:///team/app",
            "HTTPS://github.com/team/app",
            "git://github.com/team/app",
            "file:///etc",
            "https://user@github.com/team/app",
            "https://user:password@github.com/team/app",
            "https://github.com@evil.example/team",
            "https://github.com:443@evil.example/team",
            "ssh://user:password@github.com/app",
            "ssh://-oProxyCommand=x/app",
            "-oProxyCommand=x@github.com:app",
            "-x@github.com:app",
            "https://github.com_evil.example/team/app",
            "https://github.com~evil.example/team/app",
            "https://github.com+evil.example/team/app",
            "https://github.com%2eevil.example/app",
            "https://github.com%20.evil.example/app",
            "https://github.com:443000/team",
            "https://github.com:port/team",
            "https://github.com./team",
            "https://-github.com/team",
            "https://[::1]/team",
            "https://github.com\\@evil.example/team",
            "https://github.com/team/%2e%2e/other",
            "https://github.com/team%2fapp",
            "https://github.com//team",
            "https://github.com/team//app",
            "https://github.com/team?x=y",
            "https://github.com/team#x",
            "https://github.com/team/app\n",
            "https://gıthub.com/team",
            "https://github。com/team",
            "git@github.com:",
            "git@github.com:22:app",
            "git@github.com",
            "git@a@github.com:app",
            "registry.example.com//charts",
            "registry example.com/charts");

    private static final List<String> DOTS = List.of(
            "https://github.com/team/../other/app",
            "https://github.com/team/./app",
            "https://github.com/..",
            "https://github.com/team/..",
            "git@github.com:../app",
            "git@github.com:team/../../app",
            "registry.example.com/../charts");

    @Test
    void whatIsAcceptedIsSplitWhereClientsSplitIt() {
        ACCEPTED.forEach((text, parts) -> assertEquals(
                parts,
                RepositoryUrl.parse(text)
                        .map(url -> url.scheme() + " " + url.host() + " " + url.path())
                        .orElse("refused"),
                text));
    }

    @Test
    void everythingElseIsRefused() {
        Stream.of(REFUSED, DOTS)
                .flatMap(List::stream)
                .forEach(text -> assertEquals(
                        "refused",
                        RepositoryUrl.parse(text).map(RepositoryUrl::place).orElse("refused"),
                        text));
    }

    @Test
    void aPlaceIsAHostAndWholeSegmentsOfAPath() {
        var url = RepositoryUrl.parse("https://github.com/team/app.git").orElseThrow();
        Map.of(
                        "github.com", true,
                        "github.com/", true,
                        "github.com/team", true,
                        "github.com/team/", true,
                        "github.com/team/app", true,
                        "github.com/team/app.git", true,
                        "github.com/te", false,
                        "github.com/team/app/x", false,
                        "hub.com", false,
                        "github.com:443", false)
                .forEach((place, within) -> assertEquals(within, url.within(place), place));
        assertEquals(
                false,
                RepositoryUrl.parse("https://github.com:444/team").orElseThrow().within("github.com"));
        assertEquals(
                true,
                RepositoryUrl.parse("git@GITHUB.com:team/app").orElseThrow().within("github.com/team"));
    }

    /** The API server refuses what the reader refuses, and nothing else. */
    @TestFactory
    Stream<DynamicTest> theSchemasAgreeWithTheReader() throws IOException {
        var team = Yaml.documents(Files.readString(Path.of("package/configuration/definition.yaml")))
                .getFirst()
                .items("spec", "versions")
                .getFirst()
                .object("schema", "openAPIV3Schema", "properties", "spec", "properties", "argocd", "properties");
        var platform = Yaml.documents(
                        Files.readString(Path.of("package/input/environment.fn.crossplane.io_settings.yaml")))
                .getFirst()
                .items("spec", "versions")
                .getFirst()
                .object("schema", "openAPIV3Schema", "properties", "spec", "properties", "argocd", "properties")
                .object("application", "properties");
        return Stream.of(team, platform)
                .flatMap(fields ->
                        Stream.of(fields.object("repoURL"), fields.object("sources", "items", "properties", "repoURL")))
                .map(field -> DynamicTest.dynamicTest(field.text("description").orElse(""), () -> {
                    var pattern = Pattern.compile(field.text("pattern").orElseThrow());
                    ACCEPTED.keySet()
                            .forEach(text ->
                                    assertEquals(true, pattern.matcher(text).find(), text));
                    REFUSED.forEach(text -> assertEquals(false, matches(pattern, text), text));
                }));
    }

    /** In Java {@code $} also matches before a line break at the end. */
    private static boolean matches(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() && found.end() == text.length();
    }
}
