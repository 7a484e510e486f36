package io.functionenvironment.cli;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values for the vcluster chart in Settings, which only the chart itself can tell to be right. */
final class VclusterValues {
    private VclusterValues() {}

    /** Those for all sizes, for each, and for those of each team, by their field below the content of Settings. */
    static Map<String, Json> of(Json.Obj settings) {
        var values = new LinkedHashMap<String, Json>();
        add("", settings, values);
        var teams = settings.items("teams");
        for (var i = 0; i < teams.size(); i++) {
            add("teams[" + i + "].settings.", teams.get(i).object("settings"), values);
        }
        return values;
    }

    private static void add(String path, Json.Obj settings, Map<String, Json> values) {
        settings.at("vcluster", "values").ifPresent(some -> values.put(path + "vcluster.values", some));
        settings.object("sizes")
                .fields()
                .forEach((name, size) -> size.at("vcluster", "values")
                        .ifPresent(
                                some -> values.put(path + "sizes." + Redaction.key(name) + ".vcluster.values", some)));
    }
}
