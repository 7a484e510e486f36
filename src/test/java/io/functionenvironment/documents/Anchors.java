package io.functionenvironment.documents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** The names under which the headings of a document can be linked to, as GitHub makes them. */
final class Anchors {
    private Anchors() {}

    /** The anchor of a heading that is the only one of its name. */
    static String of(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** All of a document; those of headings that come again are numbered. */
    static List<String> in(Markdown document) {
        var times = new HashMap<String, Integer>();
        var anchors = new ArrayList<String>();
        for (var heading : document.headings()) {
            var anchor = of(heading);
            var before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}
