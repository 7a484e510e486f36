package io.functionenvironment.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Collects the errors in the fields of documents, in the order found, so that one reading reports all of them. */
public final class FieldErrors implements Iterable<FieldError> {
    /** Nobody reads more, and a document of a few megabytes could have a million. */
    private static final int MOST_KEPT = 1000;

    private final List<FieldError> errors = new ArrayList<>();
    private int count;

    public void add(String path, String message) {
        add(new FieldError(path, message));
    }

    public void add(FieldError error) {
        count++;
        if (errors.size() < MOST_KEPT) {
            errors.add(error);
        }
    }

    public void addAll(Iterable<FieldError> others) {
        others.forEach(this::add);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The number of errors found, of which only the first thousand are kept. */
    public int size() {
        return count;
    }

    @Override
    public Iterator<FieldError> iterator() {
        return list().iterator();
    }

    /** A copy of the errors kept so far. */
    public List<FieldError> list() {
        return List.copyOf(errors);
    }

    @Override
    public String toString() {
        return errors.toString();
    }
}
