package io.functionenvironment.conformance;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/** The same message with the entries of all its maps the other way round, also on the wire. */
final class MapOrder {
    private MapOrder() {}

    @SuppressWarnings("unchecked") // A message of the same type is built.
    static <M extends Message> M turned(M message) {
        var turned = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == JavaType.MESSAGE) {
                turned.setField(field, field.isRepeated() ? items(field, (List<?>) value) : turned((Message) value));
            }
        });
        return (M) turned.build();
    }

    private static List<Message> items(FieldDescriptor field, List<?> values) {
        var items = new ArrayList<Message>();
        values.forEach(item -> items.add(turned((Message) item)));
        return field.isMapField() ? items.reversed() : items;
    }
}
