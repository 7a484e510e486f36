package io.functionenvironment.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Collects the errors in the fields of documents, in the order found, so that one reading reports all of them. */
public final class FieldErrors implements Iterable<FieldError> {
    private final List<FieldError> errors = new ArrayList<>();

    public void add(String path, String message) {
        errors.add(new FieldError(path, message));
    }

    public void add(FieldError error) {
        errors.add(error);
    }

    public void addAll(Iterable<FieldError> others) {
        others.forEach(errors::add);
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    public int size() {
        return errors.size();
    }

    @Override
    public Iterator<FieldError> iterator() {
        return list().iterator();
    }

    /** A copy of the errors collected so far. */
    public List<FieldError> list() {
        return List.copyOf(errors);
    }

    @Override
    public String toString() {
        return errors.toString();
    }
}
