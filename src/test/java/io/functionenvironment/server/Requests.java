package io.functionenvironment.server;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.proto.v1.RequestMeta;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.ResponseMeta;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.State;

/** A request, and a function that returns the desired state of earlier steps. */
final class Requests {
    private Requests() {}

    /** For team-a/dev, with one resource that an earlier step desires, and a secret. */
    static RunFunctionRequest request() {
        var metadata = Struct.newBuilder()
                .putFields("namespace", text("team-a"))
                .putFields("name", text("dev"))
                .build();
        var composite = Resource.newBuilder()
                .setResource(Struct.newBuilder()
                        .putFields(
                                "metadata",
                                Value.newBuilder().setStructValue(metadata).build()));
        var bucket = Resource.newBuilder()
                .setResource(
                        Struct.newBuilder().putFields("kind", text("Bucket")).putFields("secret", text("hunter2")));
        return RunFunctionRequest.newBuilder()
                .setMeta(RequestMeta.newBuilder().setTag("tag-1"))
                .setObserved(State.newBuilder().setComposite(composite))
                .setDesired(State.newBuilder().putResources("bucket", bucket.build()))
                .setContext(Struct.newBuilder().putFields("note", text("from an earlier step")))
                .build();
    }

    static PackedRequest packed() {
        return packed(request());
    }

    static PackedRequest packed(RunFunctionRequest request) {
        return ParsedRequest.of(request.toByteArray()).request().orElseThrow();
    }

    static PackedResponse passOn(PackedRequest request) {
        return PackedResponse.newBuilder()
                .setMeta(ResponseMeta.newBuilder().setTag(request.getMeta().getTag()))
                .setDesired(request.getDesired())
                .addAllContext(request.getContextList())
                .build();
    }

    /** The same response in the protocol's own type, as a client sees it. */
    static RunFunctionResponse passOn(RunFunctionRequest request) {
        return RunFunctionResponse.newBuilder()
                .setMeta(ResponseMeta.newBuilder().setTag(request.getMeta().getTag()))
                .setDesired(request.getDesired())
                .setContext(request.getContext())
                .build();
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
