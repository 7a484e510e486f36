package io.functionenvironment.documents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** The anchors of a document's headings, as GitHub generates them. */
final class Anchors {
    private Anchors() {}

    /** The anchor of a heading whose text is unique in its document. */
    static String of(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** The anchors of all headings; repeated ones are numbered. */
    static List<String> in(Markdown document) {
        var counts = new HashMap<String, Integer>();
        var anchors = new ArrayList<String>();
        for (var heading : document.headings()) {
            var anchor = of(heading);
            var before = counts.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}
