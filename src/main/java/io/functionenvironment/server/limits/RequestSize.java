package io.functionenvironment.server.limits;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Set;

/**
 * How much memory a request will take, measured without reading it: a request of a few bytes per value takes a hundred times
 * its size.
 *
 * @param bytes of the request
 * @param values the number of its fields at all levels
 */
public record RequestSize(int bytes, long values) {
    /** Smaller requests are not counted: even of the worst kind, one for each core fits into what the process has beside. */
    private static final int SMALL = 64 * 1024;

    /** The texts of the request, and a response of the same size with the array that it is written to. */
    private static final int PER_BYTE = 4;

    /** What a message, an entry of a map and its view take, rounded up. */
    private static final int PER_VALUE = 112;

    private static final int MOST_NESTED = 500;

    /** The messages whose fields are read, by the message and the number of the field that contain them. */
    private enum Message {
        REQUEST,
        STATE,
        RESOURCE,
        NAMED_RESOURCE,
        RESOURCES,
        NAMED_RESOURCES,
        STRUCT,
        FIELD,
        VALUE,
        LIST;

        private static final Set<Integer> FOUND = Set.of(6, 8);

        /** The message in a field of this one; itself if it is none that is read. */
        Message in(int field) {
            return switch (this) {
                case REQUEST ->
                    field == 2 ? STATE : field == 4 ? STRUCT : FOUND.contains(field) ? NAMED_RESOURCES : this;
                case STATE -> field == 1 ? RESOURCE : field == 2 ? NAMED_RESOURCE : this;
                case NAMED_RESOURCE -> field == 2 ? RESOURCE : this;
                case RESOURCE -> field == 1 ? STRUCT : this;
                case NAMED_RESOURCES -> field == 2 ? RESOURCES : this;
                case RESOURCES -> field == 1 ? RESOURCE : this;
                case STRUCT -> field == 1 ? FIELD : this;
                case FIELD -> field == 2 ? VALUE : this;
                case VALUE -> field == 5 ? STRUCT : field == 6 ? LIST : this;
                case LIST -> field == 1 ? VALUE : this;
            };
        }
    }

    /** Measures a serialized request; of bytes that are no request, it measures as many as can be read. */
    public static RequestSize of(byte[] request) {
        return new RequestSize(request.length, request.length <= SMALL ? 0 : values(request));
    }

    /** An upper bound of what the request takes while it is processed; 0 if that is little. */
    public long weight() {
        return bytes <= SMALL ? 0 : (long) PER_BYTE * bytes + PER_VALUE * values;
    }

    private static long values(byte[] request) {
        var in = CodedInputStream.newInstance(request);
        // Reading stops there later, too.
        var open = new Message[MOST_NESTED];
        var ends = new int[MOST_NESTED];
        open[0] = Message.REQUEST;
        var level = 0;
        var values = 0L;
        try {
            while (true) {
                var tag = in.readTag();
                if (tag == 0) {
                    if (level == 0) {
                        return values;
                    }
                    level--;
                    in.popLimit(ends[level + 1]);
                    continue;
                }
                values++;
                var inner = open[level].in(WireFormat.getTagFieldNumber(tag));
                if (inner == open[level]
                        || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED
                        || level + 1 == MOST_NESTED) {
                    in.skipField(tag);
                } else {
                    level++;
                    open[level] = inner;
                    ends[level] = in.pushLimit(in.readRawVarint32());
                }
            }
        } catch (IOException unreadable) {
            return values;
        }
    }
}
