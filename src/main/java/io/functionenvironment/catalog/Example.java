package io.functionenvironment.catalog;

import io.functionenvironment.json.Json;
import java.util.Optional;

/**
 * A manifest that shows how a type is used.
 *
 * @param name what it shows, in a few words
 * @param text as it is written in its file
 * @param object what the text contains
 * @param diagram what it consists of, as SVG
 */
public record Example(String name, String text, Json.Obj object, Optional<String> diagram) {}
