package io.functionenvironment.api.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.flag;
import static io.functionenvironment.json.Json.items;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.ExactNumbers;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what an Application follows, and reports its errors. The XRD has the same rules for teams. */
final class SourceReader {
    private static final Set<String> FIELDS =
            Set.of("repoURL", "path", "targetRevision", "chart", "ref", "helm", "kustomize", "directory");
    private static final Pattern PATH = Pattern.compile("(?!/)(?!(.*/)?\\.\\.(/|$))[^\\x00-\\x1f\\x7f]{1,512}");
    /** Does not begin like an option of Git. */
    private static final Pattern REVISION = Pattern.compile("(?=.{1,128}$)[^-\\x00-\\x1f\\x7f][^\\x00-\\x1f\\x7f]*");

    private static final Pattern CHART = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9._/]{0,98}[a-zA-Z0-9])?");
    private static final Pattern REF = Pattern.compile("[a-zA-Z0-9_-]{1,63}");
    private static final Pattern RELEASE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?");
    private static final Pattern LINE = Pattern.compile("[^\\x00-\\x1f\\x7f]{1,512}");
    private static final String LINE_ALLOWED = "one line of 1 to 512 characters";
    private static final Pattern VALUE = Pattern.compile("(?s).{0,4096}");
    private static final int MOST = 32;

    private SourceReader() {}

    /** The source at a field with all that a source may have; empty, with errors, if any part of it is invalid. */
    static Optional<Source> full(FieldReader at) {
        var before = at.errorCount();
        at.required("an object with repoURL").only(FIELDS);
        var ways = Stream.of("helm", "kustomize", "directory")
                .filter(way -> at.field(way).present())
                .toList();
        if (ways.size() > 1) {
            at.error("has " + String.join(" and ", ways) + "; Argo CD uses one of them, so remove the others");
        }
        var source = read(
                at,
                obj(
                        text("ref", at.field("ref").text(REF, "a name of letters, digits, '-' and '_'")),
                        field("helm", helm(at.field("helm")).filter(SourceReader::notEmpty)),
                        field("kustomize", kustomize(at.field("kustomize")).filter(SourceReader::notEmpty)),
                        field("directory", directory(at.field("directory")).filter(SourceReader::notEmpty))));
        return at.errorCount() == before ? source : Optional.empty();
    }

    /** The source in the fields of an object that has others as well. */
    static Optional<Source> brief(FieldReader at) {
        var before = at.errorCount();
        var source = read(at, Json.Obj.EMPTY);
        return at.errorCount() == before ? source : Optional.empty();
    }

    private static Optional<Source> read(FieldReader at, Json.Obj more) {
        var address = at.field("repoURL").required(RepositoryUrl.ALLOWED).text();
        var chart = at.field("chart").text(CHART, "the name of a Helm chart");
        var url = address.flatMap(text -> check(at, text));
        var revision = at.field("targetRevision")
                .text(REVISION, "a branch, a tag, a commit or a version that does not begin with '-'");
        if (at.field("chart").present()) {
            if (at.field("path").present()) {
                at.field("path").error("is set together with chart; remove one of the two");
            }
            at.field("targetRevision").required("the version of the chart, like 1.2.3");
        } else if (url.filter(some -> some.scheme().equals("oci")).isPresent()) {
            // Argo CD would ask the registry for the tag HEAD.
            at.field("targetRevision").required("a tag, a digest or a version, because repoURL is in an OCI registry");
        }
        // A source that others only refer to has no path of its own.
        var path = at.field("path")
                .text(PATH, "a path in the repository, of one line, that does not begin with '/' and has no '..'")
                .or(() ->
                        at.field("chart").present() || at.field("ref").present() ? Optional.empty() : Optional.of("."));
        var fields = new ArrayList<Json.Field>(List.of(
                text("repoURL", address),
                text("path", path),
                text("chart", chart),
                text("targetRevision", revision.or(() -> Optional.of("HEAD")))));
        more.fields().forEach((key, value) -> fields.add(field(key, value)));
        return address.flatMap(text ->
                url.map(parsed -> new Source(at.path(), text, parsed, obj(fields.toArray(Json.Field[]::new)))));
    }

    private static Optional<RepositoryUrl> check(FieldReader at, String text) {
        var repository = at.field("repoURL");
        var parsed = RepositoryUrl.parse(text);
        if (RepositoryUrl.hasCredentials(text)) {
            repository.error("contains a user name or password, which everybody could read who may read Environments;"
                    + " remove it, and name a Secret in credentialsSecretRef");
        } else if (parsed.isEmpty()) {
            repository.error("is " + Redaction.of(text) + "; must be " + RepositoryUrl.ALLOWED);
        } else if (parsed.get().scheme().isEmpty() && !at.field("chart").present()) {
            repository.error("is " + Redaction.of(text)
                    + ", without a scheme, which is for charts in an OCI registry; write https:// before it, or set"
                    + " chart");
        } else if (parsed.get().scheme().equals("oci") && at.field("chart").present()) {
            repository.error("is " + Redaction.of(text)
                    + ", with chart; write it without oci://, or add the name of the chart to it and remove chart");
        }
        return parsed;
    }

    private static Optional<Json> helm(FieldReader at) {
        at.only(Set.of("values", "valueFiles", "parameters", "releaseName"));
        ExactNumbers.check(at.field("values"));
        var parameters = at.field("parameters").items(MOST).stream()
                .<Json>map(item -> {
                    item.only(Set.of("name", "value"));
                    return obj(
                            text(
                                    "name",
                                    item.field("name")
                                            .required("a path of a value")
                                            .text(LINE, LINE_ALLOWED)),
                            text(
                                    "value",
                                    item.field("value").required("a string").text(VALUE, "at most 4096 characters")));
                })
                .toList();
        return at.object()
                .map(ignored -> obj(
                        field("valuesObject", at.field("values").object().filter(SourceReader::notEmpty)),
                        items("valueFiles", lines(at.field("valueFiles"))),
                        items("parameters", parameters),
                        text(
                                "releaseName",
                                at.field("releaseName")
                                        .text(RELEASE, "a name of at most 53 lower-case letters, digits and '-'"))));
    }

    private static Optional<Json> kustomize(FieldReader at) {
        at.only(Set.of("namePrefix", "nameSuffix", "images", "components"));
        return at.object()
                .map(ignored -> obj(
                        text("namePrefix", at.field("namePrefix").text(LINE, LINE_ALLOWED)),
                        text("nameSuffix", at.field("nameSuffix").text(LINE, LINE_ALLOWED)),
                        items("images", lines(at.field("images"))),
                        items("components", lines(at.field("components")))));
    }

    private static Optional<Json> directory(FieldReader at) {
        at.only(Set.of("recurse", "include", "exclude"));
        return at.object()
                .map(ignored -> obj(
                        flag("recurse", at.field("recurse").bool().orElse(false)),
                        text("include", at.field("include").text(LINE, LINE_ALLOWED)),
                        text("exclude", at.field("exclude").text(LINE, LINE_ALLOWED))));
    }

    /** Argo CD removes an empty object, and provider-kubernetes would add it again, for ever. */
    private static boolean notEmpty(Json json) {
        return !json.equals(Json.Obj.EMPTY);
    }

    private static List<Json> lines(FieldReader at) {
        return at.items(MOST).stream()
                .flatMap(
                        item -> item.required(LINE_ALLOWED).text(LINE, LINE_ALLOWED).<Json>map(Json.Text::new).stream())
                .toList();
    }
}
