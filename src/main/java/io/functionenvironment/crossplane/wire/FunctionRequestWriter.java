package io.functionenvironment.crossplane.wire;

import com.google.protobuf.ByteString;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import java.util.List;
import java.util.Map;

/** Writes a request as Crossplane would, for code that simulates Crossplane. */
public final class FunctionRequestWriter {
    private final PackedRequest.Builder request = PackedRequest.newBuilder();

    public FunctionRequestWriter(Json.Obj composite) {
        request.getObservedBuilder().setComposite(resource(composite, Map.of()));
    }

    public FunctionRequestWriter observed(String name, Json.Obj body, Map<String, String> connection) {
        request.getObservedBuilder().putResources(name, resource(body, connection));
        return this;
    }

    public FunctionRequestWriter input(Json.Obj input) {
        request.setInput(StructCodec.struct(input));
        return this;
    }

    public FunctionRequestWriter required(String name, List<Json.Obj> found) {
        request.putRequiredResources(
                name,
                Resources.newBuilder()
                        .addAllItems(found.stream()
                                .map(body -> resource(body, Map.of()))
                                .toList())
                        .build());
        return this;
    }

    public FunctionRequest request() {
        return new FunctionRequest(request.build());
    }

    private static Resource resource(Json.Obj body, Map<String, String> connection) {
        var resource = Resource.newBuilder().setResource(StructCodec.struct(body));
        connection.forEach((key, value) -> resource.putConnectionDetails(key, ByteString.copyFromUtf8(value)));
        return resource.build();
    }
}
