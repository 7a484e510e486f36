package io.functionenvironment.plan;

import static java.util.stream.Collectors.joining;

import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.simulation.Ref;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Reads objects of a cluster with {@code kubectl get}, and does nothing else. It never asks for Secrets.
 *
 * @param program the path or name of kubectl
 * @param flags that choose the cluster and the account
 */
public record Kubectl(String program, List<String> flags) {
    private static final List<String> OUTPUT =
            List.of("--output=json", "--show-managed-fields", "--ignore-not-found", "--request-timeout=60s");

    /** In which namespaces objects are. */
    record Place(List<String> flags) {
        /** In none: the type is cluster-scoped. */
        static final Place CLUSTER = new Place(List.of());

        static final Place EVERYWHERE = new Place(List.of("--all-namespaces"));

        static Place in(String namespace) {
            return new Place(List.of("--namespace=" + KubectlWord.NAMESPACE.check("metadata.namespace", namespace)));
        }
    }

    /**
     * The objects of a type.
     *
     * @param type as kubectl takes it, such as {@code environments.platform.internal}
     * @param names of the objects; none for all of them
     * @throws UnreadableState if kubectl is missing or fails, the type is Secret, or kubectl could read a word as a flag or as several
     */
    List<Json.Obj> get(String type, Place place, List<String> names) {
        if (Stream.of("secret", "secrets")
                .anyMatch(type.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "")::equals)) {
            throw new UnreadableState("the type is " + type + "; a plan reads no Secrets");
        }
        KubectlWord.TYPE.check("type", type);
        names.forEach(name -> KubectlWord.NAME.check("name", name));
        var command = Stream.of(
                        List.of(program), flags, List.of("get"), place.flags(), OUTPUT, List.of("--", type), names)
                .flatMap(List::stream)
                .toList();
        return objects(run(
                command,
                Stream.of(flags, List.of("get", type), names, place.flags()).flatMap(List::stream)));
    }

    private static List<Json.Obj> objects(String text) {
        try {
            return Yaml.documents(text).stream()
                    .flatMap(document ->
                            document.at("items").isPresent() ? document.items("items").stream() : Stream.of(document))
                    .filter(Json.Obj.class::isInstance)
                    .map(Json.Obj.class::cast)
                    .toList();
        } catch (InvalidYaml bad) {
            throw new UnreadableState("kubectl get answered something else than JSON: " + bad.getMessage());
        }
    }

    private String run(List<String> command, Stream<String> shown) {
        var words = shown.collect(joining(" ", "kubectl ", ""));
        try {
            var process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            var errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            var output = read(process.getInputStream());
            if (process.waitFor() != 0) {
                throw new UnreadableState(
                        "%s: %s".formatted(words, errors.join().strip()));
            }
            return output;
        } catch (IOException missing) {
            throw new UnreadableState(program + " cannot be started: install kubectl"
                    + " (https://kubernetes.io/docs/tasks/tools) and have it in PATH, or read files with --state");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnreadableState(words + ": was interrupted");
        }
    }

    private static String read(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UnreadableState("kubectl: its output ends early: " + broken.getMessage());
        }
    }

    /** The type of an object, as kubectl takes it. */
    static String type(Ref ref) {
        KubectlWord.API_VERSION.check("apiVersion", ref.apiVersion());
        KubectlWord.KIND.check("kind", ref.kind());
        var slash = ref.apiVersion().indexOf('/');
        return slash < 0
                ? ref.kind()
                : ref.kind() + "." + ref.apiVersion().substring(slash + 1) + "."
                        + ref.apiVersion().substring(0, slash);
    }
}
