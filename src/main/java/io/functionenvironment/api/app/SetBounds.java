package io.functionenvironment.api.app;

import java.math.BigInteger;
import java.util.Optional;

/** How much the items of {@code set} may ask of Helm, which has no bounds of its own that would matter. */
final class SetBounds {
    /**
     * Helm accepts 65536, and makes a list of that length for each: a small Environment would take gigabytes in provider-helm,
     * which installs the apps of all teams.
     */
    static final BigInteger LARGEST_INDEX = BigInteger.valueOf(255);

    private static final int MOST_INDEXES = 8;
    private static final int MOST_VALUES = 256;

    private int indexes;
    private int values;

    void nextItem() {
        indexes = 0;
    }

    /** Counts an index of the item; what is wrong with it. */
    Optional<String> index(BigInteger index) {
        indexes++;
        return index.compareTo(LARGEST_INDEX) > 0
                ? Optional.of("has an index above " + LARGEST_INDEX + "; write the list into values")
                : Optional.of("has more than " + MOST_INDEXES + " indexes; write the list into values")
                        .filter(ignored -> indexes > MOST_INDEXES);
    }

    /** Counts a value of all items together; why it is one too many. */
    Optional<String> value() {
        values++;
        return Optional.of("sets more than " + MOST_VALUES
                        + " values, with those of the items before it; write them into values")
                .filter(ignored -> values > MOST_VALUES);
    }
}
