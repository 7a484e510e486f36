package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.SetItem;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Templates in what a team writes into the values of an app. Many charts evaluate values as templates ({@code tpl}), and a template
 * can read every object that the credentials of the platform can read ({@code lookup}).
 */
final class TemplatesInValues {
    private static final String TEMPLATE = "{{";
    private static final Pattern IN_SET = Pattern.compile("\\{([{,}]|$)");
    private static final String OTHERWISE =
            "; remove it, or request a size with a cluster of its own. The platform can allow it by templates of the catalog entry";
    private static final String REFUSED =
            "has '{{', or '{' at the end, which a chart could evaluate as a template with the credentials of the platform"
                    + OTHERWISE;
    private static final String UNSEEN =
            "is not seen by the function, and could contain a template, which a chart could evaluate with the credentials of the"
                    + " platform" + OTHERWISE;

    private static final String OF_PLATFORM =
            "has values of the platform that are in a Secret or ConfigMap beside the Environment, in which a team could write a"
                    + " template; request a size with a cluster of its own. The platform can give these values in Settings, or"
                    + " allow templates of the catalog entry";

    private TemplatesInValues() {}

    /** @param errors receives each place where an app of a team has a template, or could have one that is not seen */
    static void refuse(ResolvedApp resolved, FieldErrors errors) {
        var before = errors.size();
        refuse(resolved.app(), errors);
        if (errors.size() == before) {
            refuseUnseen(resolved, errors);
        }
    }

    /**
     * The references of the platform are read in the namespace of the Environment, too, in which the team can write.
     *
     * @param errors receives an app with values of the platform that are not seen
     */
    static void refuseUnseen(ResolvedApp resolved, FieldErrors errors) {
        var values = resolved.values();
        if (!values.entryFrom().isEmpty()
                || !values.from().isEmpty()
                || SetItem.of(values.set()).stream().anyMatch(item -> !item.literal())) {
            errors.add(resolved.app().path(), OF_PLATFORM);
        }
    }

    private static void refuse(App app, FieldErrors errors) {
        refuse(FieldReader.at(app.path() + ".values", Optional.of(app.values()), errors));
        if (!app.valuesFrom().isEmpty()) {
            errors.add(app.path() + ".valuesFrom", UNSEEN);
        }
        for (var i = 0; i < app.set().size(); i++) {
            var item = SetItem.of(app.set().get(i));
            var path = app.path() + ".set[" + i + "]";
            if (!item.literal()) {
                errors.add(path + ".valueFrom", UNSEEN);
            } else if (isTemplate(item)) {
                errors.add(path, REFUSED);
            }
        }
    }

    private static void refuse(FieldReader at) {
        switch (at.value()) {
            case Json.Obj(var fields) ->
                new TreeMap<>(fields).keySet().forEach(key -> {
                    if (isTemplate(key)) {
                        at.field(key).error(REFUSED);
                    }
                    refuse(at.field(key));
                });
            case Json.Arr ignored -> at.items(Integer.MAX_VALUE).forEach(TemplatesInValues::refuse);
            case Json.Text(var text) -> {
                if (isTemplate(text)) {
                    at.error(REFUSED);
                }
            }
            case Json.Num ignored -> {}
            case Json.Bool ignored -> {}
            case Json.Null ignored -> {}
        }
    }

    /** A text that ends with a bracket could be put before another one by the chart. */
    private static boolean isTemplate(String text) {
        return text.contains(TEMPLATE) || text.endsWith("{");
    }

    /** Helm removes backslashes, and reads several values in an item. */
    private static boolean isTemplate(SetItem item) {
        var text = item.name() + "=" + item.value().orElse("");
        return IN_SET.matcher(text.replace("\\", "")).find();
    }
}
