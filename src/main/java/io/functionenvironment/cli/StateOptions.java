package io.functionenvironment.cli;

import io.functionenvironment.json.Json;
import io.functionenvironment.plan.ClusterReader;
import io.functionenvironment.plan.Kubectl;
import io.functionenvironment.plan.LookUp;
import io.functionenvironment.plan.ObservedState;
import io.functionenvironment.plan.UnreadableState;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Where a plan reads what exists: from files, or from a cluster. */
final class StateOptions {
    private static final String TYPE = "environments.platform.internal";
    private static final String NAME = "[^/ ]+/[^/ ]+";

    private final OptionSpec state = OptionSpec.builder("--state")
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(File.class)
            .description("file or directory with what exists, from kubectl get -o yaml --show-managed-fields; can be"
                    + " repeated; - reads standard input. Without it, a cluster is read with kubectl get")
            .build();
    private final OptionSpec kubeconfig = OptionSpec.builder("--kubeconfig")
            .paramLabel("FILE")
            .type(String.class)
            .description("kubeconfig of the cluster, for kubectl; an account that may only get and list is enough")
            .build();
    private final OptionSpec context = OptionSpec.builder("--context")
            .paramLabel("NAME")
            .type(String.class)
            .description("context in the kubeconfig")
            .build();
    private final OptionSpec type = OptionSpec.builder("--type")
            .paramLabel("PLURAL.GROUP")
            .type(String.class)
            .description("type of the Environments in the cluster, if it is not " + TYPE)
            .build();

    /**
     * What exists.
     *
     * @param others reads what else the function asks for
     */
    record Found(ObservedState state, List<Json.Obj> environments, LookUp others) {}

    List<OptionSpec> options() {
        return List.of(state, kubeconfig, context, type);
    }

    /** @throws UnreadableState if it cannot be read, or does not have what is wanted */
    Found read(ParseResult arguments, Wanted wanted) {
        check(wanted);
        var files = arguments.matchedOptionValue(state.longestName(), List.<File>of());
        var found = files.isEmpty() ? cluster(arguments, wanted) : files(files, wanted);
        if (wanted.changed().isEmpty() && found.environments().isEmpty()) {
            throw new UnreadableState(
                    wanted.name().map(name -> "there is no Environment " + name).orElse("there are no Environments"));
        }
        if (!wanted.all() && found.environments().size() > 1) {
            throw new UnreadableState("--state: contains %d Environments; name one as NAMESPACE/NAME, or use --all"
                    .formatted(found.environments().size()));
        }
        return found;
    }

    private static void check(Wanted wanted) {
        if (Stream.of(wanted.all(), wanted.name().isPresent(), wanted.changed().isPresent())
                        .filter(given -> given)
                        .count()
                > 1) {
            throw new UnreadableState("NAMESPACE/NAME, --environment and --all exclude each other; give one of them");
        }
        wanted.name().filter(name -> !name.matches(NAME)).ifPresent(name -> {
            throw new UnreadableState(
                    "NAMESPACE/NAME is \"" + name + "\"; must be a namespace and a name, like team-a/dev");
        });
    }

    private Found files(List<File> files, Wanted wanted) {
        var errors = new ArrayList<String>();
        var documents = files.stream()
                .flatMap(file -> DocumentFiles.everyFile(file).stream())
                .flatMap(file -> DocumentFiles.all(file, errors).stream())
                .toList();
        if (!errors.isEmpty()) {
            throw new UnreadableState(String.join("\n", errors));
        }
        return new Found(
                ObservedState.of(documents.stream().map(Document::tree).toList()),
                documents.stream()
                        .filter(StateOptions::isEnvironment)
                        .map(Document::tree)
                        .filter(wanted::matches)
                        .toList(),
                (kind, names) -> {
                    throw new UnreadableState("is in no file");
                });
    }

    /** One that Crossplane has seen. */
    private static boolean isEnvironment(Document document) {
        return document.isShippedKind()
                || (document.tree().at("spec", "crossplane").isPresent() && document.hasFieldsOfAnEnvironment());
    }

    private Found cluster(ParseResult arguments, Wanted wanted) {
        var flags = new ArrayList<String>();
        for (var option : List.of(kubeconfig, context)) {
            if (arguments.hasMatchedOption(option)) {
                flags.add(option.longestName() + "=" + option.<String>getValue());
            }
        }
        var reader = new ClusterReader(new Kubectl("kubectl", flags));
        var environments = environments(reader, arguments.matchedOptionValue(type.longestName(), TYPE), wanted);
        return new Found(reader.around(environments), environments, reader);
    }

    private static List<Json.Obj> environments(ClusterReader reader, String type, Wanted wanted) {
        if (wanted.changed().isPresent()) {
            return reader.environment(wanted.changed().get());
        }
        if (wanted.name().isPresent()) {
            var parts = wanted.name().get().split("/", -1);
            return reader.environment(type, parts[0], parts[1]);
        }
        if (!wanted.all()) {
            throw new UnreadableState(
                    "name an Environment of the cluster as NAMESPACE/NAME, or use --environment or --all");
        }
        return reader.environments(type);
    }
}
