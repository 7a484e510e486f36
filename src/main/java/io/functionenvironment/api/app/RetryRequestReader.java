package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the request to retry a Helm release that failed too often: a text that is another one than the last. */
public final class RetryRequestReader {
    /** The field, of everything that a Helm release stands for. */
    public static final String FIELD = "retryRequestedAt";

    private static final Pattern REQUEST = Pattern.compile("[-+.:_A-Za-z0-9]{1,64}");

    private RetryRequestReader() {}

    /** The request in the field of an object. */
    public static Optional<String> read(FieldReader at) {
        return at.field(FIELD).text(REQUEST, "1 to 64 letters, digits, '-', '+', '.', ':' and '_', such as the time");
    }
}
