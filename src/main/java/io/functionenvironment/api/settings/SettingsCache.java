package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import java.util.List;

/**
 * Caches the Settings of the last call: comparing the documents, which seldom change, is faster than reading them. The result
 * is always that of {@link SettingsDocument#merge}. The cache holds copies, so it keeps no request in memory.
 */
public final class SettingsCache {
    private record Entry(List<SettingsDocument> documents, Settings settings, List<FieldError> errors) {}

    private final SizeFormats sizes;
    private volatile Entry last;

    public SettingsCache(SizeFormats sizes) {
        this.sizes = sizes;
        this.last = read(List.of());
    }

    /**
     * Like {@link SettingsDocument#merge}.
     *
     * @param errors receives the errors in the documents, also if the Settings come from the cache
     */
    public Settings merge(List<SettingsDocument> documents, FieldErrors errors) {
        var entry = last;
        // In this direction, because those of a call are views that compare themselves without a conversion.
        if (!documents.equals(entry.documents)) {
            entry = read(documents.stream()
                    .map(document -> new SettingsDocument(
                            document.base(), document.content().copy()))
                    .toList());
            last = entry;
        }
        errors.addAll(entry.errors);
        return entry.settings;
    }

    private Entry read(List<SettingsDocument> documents) {
        var errors = new FieldErrors();
        var settings = SettingsDocument.merge(documents, sizes, errors);
        return new Entry(documents, settings, errors.list());
    }
}
