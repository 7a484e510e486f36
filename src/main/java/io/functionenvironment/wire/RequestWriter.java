package io.functionenvironment.wire;

import com.google.protobuf.ByteString;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.tree.Tree;
import java.util.List;
import java.util.Map;

/** Writes the request that Crossplane would send, for those who play its part. */
public final class RequestWriter {
    private final RunFunctionRequest.Builder request = RunFunctionRequest.newBuilder();

    public RequestWriter(Tree.Obj composite) {
        request.getObservedBuilder().setComposite(resource(composite, Map.of()));
    }

    public RequestWriter observed(String name, Tree.Obj body, Map<String, String> connection) {
        request.getObservedBuilder().putResources(name, resource(body, connection));
        return this;
    }

    public RequestWriter input(Tree.Obj input) {
        request.setInput(Structs.struct(input));
        return this;
    }

    public RequestWriter required(String name, List<Tree.Obj> found) {
        request.putRequiredResources(
                name,
                Resources.newBuilder()
                        .addAllItems(found.stream()
                                .map(body -> resource(body, Map.of()))
                                .toList())
                        .build());
        return this;
    }

    public Request request() {
        return new Request(request.build());
    }

    private static Resource resource(Tree.Obj body, Map<String, String> connection) {
        var resource = Resource.newBuilder().setResource(Structs.struct(body));
        connection.forEach((key, value) -> resource.putConnectionDetails(key, ByteString.copyFromUtf8(value)));
        return resource.build();
    }
}
