package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import java.util.List;

/**
 * A path in the values of a catalog entry where apps get the value of the entry, whatever they write.
 *
 * @param set the items of {@code set} that give this value
 */
public record Lock(ValuePath path, List<Json> set) {}
