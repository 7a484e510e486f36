package io.functionenvironment.catalog;

import static io.functionenvironment.catalog.Html.element;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The static site. It needs no server: it can be opened as a file.
 *
 * @param types that can be requested
 * @param offers what the platform offers to whom
 * @param examples of all types
 */
public record Site(List<RequestableType> types, Offers offers, List<Example> examples) {
    static final String INDEX = "index.html";
    static final String LICENCES = "licences.html";
    static final String SCRIPT = "catalog.js";
    private static final String STYLE = "catalog.css";

    /** Whether this build has the script of the forms, which needs npm to be built. */
    public static boolean hasForms() {
        return resource(SCRIPT).isPresent();
    }

    /** The files of the site by their names. */
    public Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put(INDEX, IndexPage.of(types, offers, hasForms()));
        for (var type : types) {
            var own = examples.stream()
                    .filter(example -> type.has(example.object()))
                    .toList();
            files.put(
                    type.page(),
                    TypePage.of(type, Optional.of(offers).filter(ignored -> Offer.isAbout(type)), own, hasForms()));
        }
        files.put(LICENCES, licences());
        resource(STYLE).ifPresent(style -> files.put(STYLE, style));
        resource(SCRIPT).ifPresent(script -> files.put(SCRIPT, script));
        return files;
    }

    /** The element that runs the script of the forms and of the choice of a team. */
    static Html script() {
        return element("script").with("src", SCRIPT).with("defer", "");
    }

    private static String licences() {
        return Page.of(
                "Licences – Catalog",
                List.of(),
                List.of(
                        element("h1", "Licences"),
                        element("p", "The script of this site contains these libraries."),
                        element("pre", resource("licences.txt").orElse("None: this site has no script."))
                                .with("tabindex", "0")));
    }

    private static Optional<String> resource(String name) {
        try (var in = Site.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
