package io.functionenvironment.api.app;

import io.functionenvironment.api.app.Workload.Kind;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the workloads of an app that have to be available. */
final class WorkloadReader {
    static final String FIELD = "workloads";

    private static final String KINDS = Stream.of(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));
    private static final String NAME_ALLOWED =
            "the name of a workload, in which <app> stands for the name of the app, such as <app>-worker";
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,200}$)(<app>|[a-z0-9])(([-a-z0-9.]|<app>)*(<app>|[a-z0-9]))?");
    private static final int MOST = 4;

    private WorkloadReader() {}

    /** Empty if the field is not set. */
    static Optional<List<Workload>> read(FieldReader at) {
        var workloads = new ArrayList<Workload>();
        for (var item : at.items(MOST)) {
            item.required("an object with kind and name").only(Set.of("kind", "name", "namespace"));
            var kind = kind(item.field("kind").required("one of " + KINDS));
            var name = item.field("name").required(NAME_ALLOWED).text(NAME, NAME_ALLOWED);
            var namespace = item.field("namespace").text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED);
            kind.flatMap(some -> name.map(text -> new Workload(some, text, namespace)))
                    .ifPresent(workload -> {
                        if (workloads.contains(workload)) {
                            item.error("repeats an earlier item; remove the duplicate");
                        }
                        workloads.add(workload);
                    });
        }
        return at.present() ? Optional.of(List.copyOf(workloads)) : Optional.empty();
    }

    private static Optional<Kind> kind(FieldReader at) {
        return at.text().flatMap(text -> {
            var kind = Stream.of(Kind.values())
                    .filter(some -> some.word().equals(text))
                    .findFirst();
            if (kind.isEmpty()) {
                at.error("is " + Redaction.of(text) + "; must be one of " + KINDS);
            }
            return kind;
        });
    }
}
