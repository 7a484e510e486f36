package io.functionenvironment.server;

import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What came in. gRPC answers bytes that it cannot read with UNKNOWN and logs a fault of ours, so that they have to be read
 * as something first.
 *
 * @param request none where the bytes are no request
 */
record ParsedRequest(Optional<RunFunctionRequest> request) {

    /** Reads requests with another that throws where it cannot. */
    record Reader(Marshaller<RunFunctionRequest> requests) implements Marshaller<ParsedRequest> {
        @Override
        public InputStream stream(ParsedRequest received) {
            return requests.stream(received.request().orElseGet(RunFunctionRequest::getDefaultInstance));
        }

        @Override
        public ParsedRequest parse(InputStream stream) {
            try {
                return new ParsedRequest(Optional.of(requests.parse(stream)));
            } catch (StatusRuntimeException unreadable) {
                return new ParsedRequest(Optional.empty());
            }
        }
    }
}
