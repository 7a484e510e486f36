package io.functionenvironment.conformance;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/** A message with the entries of all its maps in reverse order, also on the wire. */
final class MapOrder {
    private MapOrder() {}

    @SuppressWarnings("unchecked") // A message of the same type is built.
    static <M extends Message> M reversed(M message) {
        var reversed = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == JavaType.MESSAGE) {
                reversed.setField(
                        field, field.isRepeated() ? items(field, (List<?>) value) : reversed((Message) value));
            }
        });
        return (M) reversed.build();
    }

    private static List<Message> items(FieldDescriptor field, List<?> values) {
        var items = new ArrayList<Message>();
        values.forEach(item -> items.add(reversed((Message) item)));
        return field.isMapField() ? items.reversed() : items;
    }
}
