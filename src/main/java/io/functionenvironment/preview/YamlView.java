package io.functionenvironment.preview;

import io.functionenvironment.json.Yaml;
import java.util.stream.Collectors;

/** What is composed in the end, for other programs to read. */
public final class YamlView {
    private YamlView() {}

    public static String of(PreviewResult story) {
        return story.resources().stream().map(body -> "---\n" + Yaml.text(body)).collect(Collectors.joining());
    }
}
