package io.functionenvironment.api.environment;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.AppReader;
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

/** Reads a composite into an {@link Environment}, or says by path what about it cannot be read. */
public final class EnvironmentReader {
    static final int MOST_APPS = 50;
    private static final Pattern NAME = Pattern.compile("(?=.{1,63}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final Pattern SIZE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?");
    private static final Pattern MINOR = Pattern.compile("1\\.[0-9]{2}");
    private static final Set<String> FIELDS = Set.of("size", "kubernetesVersion", "apps", "crossplane");

    /** Where several things were asked for under one name, none of them is known to be the right one. */
    private record Apps(List<App> sound, Set<String> unreadable, boolean listed) {}

    private EnvironmentReader() {}

    /**
     * Reads what can be read.
     *
     * @param errors receives every fault
     * @param strict whether it is a document that somebody wrote, in which unknown fields directly below spec are faults,
     *     and the namespace may be left to kubectl. In a cluster it is the other way round: a platform that copies our
     *     XRD may add fields for other steps of its pipeline, and the API server has refused the rest.
     * @return empty if this is no composite at all, or cannot be told from others
     */
    public static Optional<Environment> read(Json composite, FieldErrors errors, boolean strict) {
        var identity = identity(composite, errors, strict);
        var spec = FieldReader.at("spec", composite.at("spec"), errors);
        if (strict) {
            spec.only(FIELDS);
        } else {
            spec.object();
        }
        var readable = !spec.present() || spec.value() instanceof Json.Obj;
        var size = !readable || spec.field("size").present()
                ? spec.field("size").text(SIZE, "1 to 32 lower case letters, digits and '-'")
                : Optional.of("small");
        var version = spec.field("kubernetesVersion").text(MINOR, "a minor version in quotes, like \"1.35\"");
        var apps = apps(spec.field("apps"));
        return identity.map(known -> new Environment(
                known,
                size,
                version,
                apps.sound,
                apps.unreadable,
                apps.listed && spec.value() instanceof Json.Obj,
                composite.object("spec")));
    }

    /** All that is made bears names that follow from these, so each of them has to be sound. */
    private static Optional<Identity> identity(Json composite, FieldErrors errors, boolean strict) {
        var apiVersion = composite.text("apiVersion").filter(text -> !text.isEmpty());
        var kind = composite.text("kind").filter(text -> !text.isEmpty());
        var metadata = FieldReader.at("metadata", composite.at("metadata"), errors);
        if (apiVersion.isEmpty() || kind.isEmpty() || !metadata.field("name").present()) {
            metadata.error("apiVersion, kind and metadata.name must be there to tell what this is");
            return Optional.empty();
        }
        var name = metadata.field("name").text(NAME, "at most 63 lower case letters, digits, '-' and '.'");
        var namespace = namespace(metadata.field("namespace"), strict);
        return name.flatMap(called -> namespace.map(home -> new Identity(
                apiVersion.get().contains("/")
                        ? apiVersion.get().substring(0, apiVersion.get().indexOf('/'))
                        : "",
                kind.get(),
                home,
                called)));
    }

    private static Optional<String> namespace(FieldReader at, boolean strict) {
        if (strict && !at.present()) {
            return Optional.of("");
        }
        if (!at.present() || at.value().equals(new Json.Text(""))) {
            at.error("must be there: an Environment is namespaced, as is all that it is made of");
            return Optional.empty();
        }
        return at.text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED);
    }

    private static Apps apps(FieldReader at) {
        var sound = new ArrayList<App>();
        var unreadable = new TreeSet<String>();
        var seen = new HashSet<String>();
        var listed = !at.present() || at.value() instanceof Json.Arr;
        for (var item : at.items(MOST_APPS)) {
            var name = item.value()
                    .text("name")
                    .filter(text -> AppReader.NAME.matcher(text).matches());
            var app = AppReader.app(item);
            listed &= name.isPresent();
            if (name.isPresent() && !seen.add(name.get())) {
                item.error("is a second app named \"" + name.get() + "\"; give each app a name of its own");
                sound.removeIf(other -> other.name().equals(name.get()));
                unreadable.add(name.get());
            } else {
                app.ifPresentOrElse(sound::add, () -> name.ifPresent(unreadable::add));
            }
        }
        return new Apps(List.copyOf(sound), unreadable, listed);
    }
}
