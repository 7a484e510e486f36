package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldReader;
import java.util.regex.Pattern;

/**
 * The address at which the catalog page opens a pull request. The function does not use it; it is among the Settings so that a
 * platform describes what it offers in one place.
 */
final class PullRequestUrl {
    private static final Pattern FORM =
            Pattern.compile("(?=.{1,2048}$)https?://[^\\s<>]+(<(kind|namespace|name|manifest)>[^\\s<>]*)*");

    private PullRequestUrl() {}

    /** Reports an address that is none, or has another placeholder. */
    static void check(FieldReader at) {
        at.text(
                FORM,
                "an address with http:// or https://, of at most 2048 characters, in which <kind>, <namespace>, <name> and"
                        + " <manifest> are placeholders");
    }
}
