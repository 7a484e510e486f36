package io.functionenvironment.main;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that warm up the server. The build writes them to a resource, so that the server needs no simulator. The
 * resource holds length-delimited {@code RunFunctionRequest}s, as protobuf's {@code writeDelimitedTo} writes them.
 */
public final class WarmUpRequests {
    /** The path of the resource from the root of the class path. */
    public static final String RESOURCE = "io/functionenvironment/main/warm-up-requests.binpb";

    private WarmUpRequests() {}

    /**
     * Reads the serialized requests.
     *
     * @return an empty list in a build without the resource, such as one made by an IDE
     */
    public static List<byte[]> read() {
        try (var resource = WarmUpRequests.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            var requests = new ArrayList<byte[]>();
            if (resource != null) {
                var in = CodedInputStream.newInstance(resource);
                while (!in.isAtEnd()) {
                    requests.add(in.readByteArray());
                }
            }
            return List.copyOf(requests);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
