package io.functionenvironment.catalog;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When Argo CD comments a pull request. The program {@code argocd}, which the variable ARGOCD names, evaluates the triggers in {@code
 * examples/pull-requests/argocd.yaml}; without it, this is skipped. It asks no cluster.
 */
class PullRequestNotificationsTest {
    private static final Path EXAMPLE = Path.of("examples/pull-requests/argocd.yaml");
    private static final Pattern RESULT = Pattern.compile("(?m)^app\\..* (true|false)\\s*$");

    @TempDir
    private static Path folder;

    @Test
    void theCommentIsAboutTheCommitOfThePullRequest() throws Exception {
        var program = System.getenv("ARGOCD");
        assumeTrue(program != null, "the variable ARGOCD does not name the program argocd");
        writeSecret();
        writeKubeconfig();
        var found = new LinkedHashMap<String, List<Boolean>>();
        for (var health : List.of("Healthy", "Degraded", "Progressing")) {
            for (var sync : List.of("Synced", "OutOfSync")) {
                for (var compared : List.of("new", "old")) {
                    var application = application(health, sync, compared);
                    found.put(
                            String.join(" ", health, sync, compared),
                            List.of(
                                    triggered(program, "preview-ready", application),
                                    triggered(program, "preview-failed", application)));
                }
            }
        }
        var expected = new LinkedHashMap<String, List<Boolean>>();
        found.keySet().forEach(state -> expected.put(state, List.of(false, false)));
        expected.put("Healthy Synced new", List.of(true, false));
        expected.put("Degraded Synced new", List.of(false, true));
        assertEquals(expected, found);
    }

    /** An Application for the commit new, and the commit that Argo CD has compared with the cluster. */
    private static Path application(String health, String sync, String compared) throws IOException {
        var application = obj(
                "apiVersion",
                "argoproj.io/v1alpha1",
                "kind",
                "Application",
                "metadata",
                obj("name", "pr-7", "annotations", obj("preview.example.org/commit", "new")),
                "spec",
                obj("source", source("new")),
                "status",
                obj(
                        "health",
                        obj("status", health),
                        "sync",
                        obj("status", sync, "comparedTo", obj("source", source(compared)))));
        return Files.writeString(folder.resolve("application.yaml"), Yaml.text(application));
    }

    private static Json source(String commit) throws IOException {
        var applications = Yaml.documents(Files.readString(EXAMPLE)).stream()
                .filter(document -> document.text("kind").equals(Optional.of("ApplicationSet")))
                .findFirst()
                .orElseThrow();
        var source = Yaml.json(applications.object("spec", "template", "spec", "source"));
        return Yaml.documents(source.replace("{{.number}}", "7").replace("{{.head_sha}}", commit))
                .getFirst();
    }

    private static boolean triggered(String program, String trigger, Path application) throws Exception {
        var process = new ProcessBuilder(
                program,
                "admin",
                "notifications",
                "trigger",
                "run",
                trigger,
                application.toString(),
                "--config-map",
                EXAMPLE.toString(),
                "--secret",
                folder.resolve("secret.yaml").toString());
        process.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        var running = process.redirectErrorStream(true).start();
        running.getOutputStream().close();
        var printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var result = RESULT.matcher(printed).results().findFirst();
        return Boolean.parseBoolean(
                result.orElseThrow(() -> new AssertionError(printed)).group(1));
    }

    /** The service for GitHub is not created without a key. */
    private static void writeSecret() throws Exception {
        var key = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        var pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        var secret = obj(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                obj("name", "argocd-notifications-secret"),
                "stringData",
                obj("github-privateKey", pem));
        Files.writeString(folder.resolve("secret.yaml"), Yaml.text(secret));
    }

    /** The program does not start without a kubeconfig. No server listens at this address. */
    private static void writeKubeconfig() throws IOException {
        Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: none, user: {token: none}}]
                contexts: [{name: none, context: {cluster: none, user: none}}]
                current-context: none
                """);
    }
}
