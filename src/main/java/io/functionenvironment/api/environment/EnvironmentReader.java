package io.functionenvironment.api.environment;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.app.LabelFormat;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a composite into an {@link Environment} and reports its errors by path. */
public final class EnvironmentReader {
    static final int MAX_APPS = 50;
    private static final String NAME_ALLOWED =
            "at most 63 lower case letters, digits, '-' and '.', beginning and ending with a letter or digit, also"
                    + " beside each '.'";
    private static final Pattern NAME = Pattern.compile("(?=.{1,63}$)" + LabelFormat.SUBDOMAIN);
    private static final Pattern SIZE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?");
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{2}");
    private static final Set<String> FIELDS = Set.of("size", "kubernetesVersion", "crossplane");

    /**
     * The apps of an Environment.
     *
     * @param valid those without errors
     * @param unreadable the names of the others. If several apps have one name, all of them are here: none is known to be the
     *     intended one
     * @param listed whether all apps are here, each with a readable name
     */
    private record Apps(List<App> valid, Set<String> unreadable, boolean listed) {}

    private EnvironmentReader() {}

    /**
     * Reads the fields of a composite in a cluster that have no errors. It may have further fields: a platform that copies the
     * XRD may add some for other steps of its pipeline, and the API server rejects all others.
     *
     * @param errors receives every error
     * @return empty if the composite cannot be identified
     */
    public static Optional<Environment> read(Json composite, FieldErrors errors) {
        FieldReader.at("spec", composite.at("spec"), errors).object();
        return read(composite, identity(composite, errors, false), errors);
    }

    /**
     * Likewise, from a file, in which an unknown field and what the API server refuses are errors, and the namespace is optional
     * because kubectl may set it.
     *
     * @param addonFields the fields below spec that add-ons read
     */
    public static Optional<Environment> readFile(Json composite, FieldErrors errors, Set<String> addonFields) {
        var fields = new TreeSet<>(FIELDS);
        fields.addAll(addonFields);
        MetadataReader.check(FieldReader.at("", Optional.of(composite), errors));
        FieldReader.at("spec", composite.at("spec"), errors).only(fields);
        return read(composite, identity(composite, errors, true), errors);
    }

    private static Optional<Environment> read(Json composite, Optional<Identity> identity, FieldErrors errors) {
        var spec = FieldReader.at("spec", composite.at("spec"), errors);
        var readable = !spec.present() || spec.value() instanceof Json.Obj;
        var size = !readable || spec.field("size").present()
                ? spec.field("size")
                        .text(SIZE, "1 to 32 lower case letters, digits and '-', not beginning or ending with '-'")
                : Optional.of("small");
        var version =
                spec.field("kubernetesVersion").text(MINOR, "a minor version without a patch version, like \"1.35\"");
        var apps = apps(spec.field("apps"));
        return identity.map(known -> new Environment(
                known,
                size,
                version,
                apps.valid,
                apps.unreadable,
                apps.listed && spec.value() instanceof Json.Obj,
                composite.object("spec")));
    }

    /** Without any of its parts there is no identity, because the names of all composed resources are derived from it. */
    private static Optional<Identity> identity(Json composite, FieldErrors errors, boolean file) {
        var apiVersion = composite.text("apiVersion").filter(text -> !text.isEmpty());
        var kind = composite.text("kind").filter(text -> !text.isEmpty());
        var metadata = FieldReader.at("metadata", composite.at("metadata"), errors);
        if (apiVersion.isEmpty()) {
            errors.add(
                    "apiVersion",
                    "is missing; must be the group and version of the XRD, like platform.internal/v1beta1");
        }
        if (kind.isEmpty()) {
            errors.add("kind", "is missing; must be the kind of the XRD, like Environment");
        }
        metadata.field("name").required(NAME_ALLOWED);
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        var name = metadata.field("name").text(NAME, NAME_ALLOWED);
        var namespace = namespace(metadata.field("namespace"), file);
        return name.flatMap(validName -> namespace.map(validNamespace -> new Identity(
                apiVersion.get().contains("/")
                        ? apiVersion.get().substring(0, apiVersion.get().indexOf('/'))
                        : "",
                kind.get(),
                validNamespace,
                validName)));
    }

    private static Optional<String> namespace(FieldReader at, boolean file) {
        if (file && !at.present()) {
            return Optional.of("");
        }
        if (!at.present() || at.value().equals(new Json.Text(""))) {
            at.error("is missing; must be the Environment's namespace; a cluster-scoped Environment is not supported");
            return Optional.empty();
        }
        return at.text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED);
    }

    private static Apps apps(FieldReader at) {
        var valid = new ArrayList<App>();
        var unreadable = new TreeSet<String>();
        var seen = new HashSet<String>();
        var listed = !at.present() || (at.value() instanceof Json.Arr(var all) && all.size() <= MAX_APPS);
        for (var item : at.items(MAX_APPS)) {
            var name = item.value()
                    .text("name")
                    .filter(text -> AppReader.NAME.matcher(text).matches());
            var app = AppReader.app(item);
            listed &= name.isPresent();
            if (name.isPresent() && !seen.add(name.get())) {
                item.error("is a second app named \"" + name.get() + "\"; rename one of them");
                valid.removeIf(other -> other.name().equals(name.get()));
                unreadable.add(name.get());
            } else {
                app.ifPresentOrElse(valid::add, () -> name.ifPresent(unreadable::add));
            }
        }
        return new Apps(List.copyOf(valid), unreadable, listed);
    }
}
