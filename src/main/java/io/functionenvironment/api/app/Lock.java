package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;

/**
 * A path in the values of a catalog entry where apps get the value of the entry, whatever they write.
 *
 * @param item the item of {@code set} that gives this value, which is not an object
 */
public record Lock(ValuePath path, Json.Obj item) {}
