package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.json.FieldErrors;

/**
 * The version of a catalog entry with locked values. Another version of the chart can have the same value under another name, which
 * is then not locked.
 */
final class LockedVersion {
    private LockedVersion() {}

    /**
     * Whether an app has another version than its catalog entry allows.
     *
     * @param errors receives why
     */
    static boolean refused(App app, App entry, FieldErrors errors) {
        var own = app.chart();
        var allowed = entry.chart();
        var pinned = own.version().isPresent() || own.digest().isPresent();
        var same = own.version().equals(allowed.version()) && own.digest().equals(allowed.digest());
        if (entry.locked().isEmpty() || !pinned || same) {
            return false;
        }
        var byVersion = own.version().isPresent() && !own.version().equals(allowed.version());
        errors.add(
                app.path() + ".chart." + (byVersion || own.digest().isEmpty() ? "version" : "digest"),
                "is set, but the catalog entry \"" + entry.name()
                        + "\" has locked values, which another version of the chart may have under other names; remove it, so that"
                        + " the version of the entry applies (" + allowed + ")");
        return true;
    }
}
