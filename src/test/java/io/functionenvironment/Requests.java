package io.functionenvironment;

import com.google.protobuf.ByteString;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.ResourceSelector;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests as Crossplane makes them from the documents in an example's folder. */
public final class Requests {
    static final String NAME = "crossplane.io/composition-resource-name";

    /** The function as shipped. */
    public static final EnvironmentFunction FUNCTION = new EnvironmentFunction(Registry.SHIPPED);

    /** As Crossplane calls at most. */
    private static final int MOST_CALLS = 6;

    private Requests() {}

    /** A request with environment.yaml, and with settings.yaml, observed.yaml and required.yaml if they exist. */
    public static RunFunctionRequest of(Path folder) throws IOException {
        var request = RunFunctionRequest.newBuilder();
        request.getMetaBuilder().setTag("example");
        var composite = withUid(documents(folder.resolve("environment.yaml")).getFirst());
        request.getObservedBuilder().getCompositeBuilder().setResource(struct(composite));
        var settings = Resources.newBuilder();
        documents(folder.resolve("settings.yaml"))
                .forEach(document -> settings.addItems(Resource.newBuilder().setResource(struct(document))));
        request.putRequiredResources("settings", settings.build());
        request.putRequiredResources("untracked-releases", Resources.getDefaultInstance());
        request.putRequiredResources("untracked-objects", Resources.getDefaultInstance());
        var observed = documents(folder.resolve("observed.yaml"));
        for (var document : observed) {
            var name = document.text("metadata", "annotations", NAME);
            name.ifPresent(key -> request.getObservedBuilder().putResources(key, observed(document, observed)));
        }
        var others = documents(folder.resolve("required.yaml"));
        return others.isEmpty() ? request.build() : lookedUp(request, others);
    }

    /** With what Crossplane finds for the requirements of the function, of these resources, until these no longer change. */
    static RunFunctionRequest lookedUp(RunFunctionRequest.Builder request, List<Json> others) {
        var requirements = Map.<String, ResourceSelector>of();
        for (var calls = 0; calls < MOST_CALLS; calls++) {
            var next = FUNCTION.run(new FunctionRequest(request.build()), ObservedStateFake.NOW)
                    .message()
                    .getRequirements()
                    .getResourcesMap();
            if (next.equals(requirements)) {
                return request.build();
            }
            requirements = next;
            next.forEach((name, selector) -> request.putRequiredResources(
                    name,
                    Resources.newBuilder()
                            .addAllItems(others.stream()
                                    .filter(other -> selects(selector, other))
                                    .map(other -> Resource.newBuilder()
                                            .setResource(struct(other))
                                            .build())
                                    .toList())
                            .build()));
        }
        throw new IllegalStateException("the requirements do not come to rest");
    }

    private static boolean selects(ResourceSelector selector, Json resource) {
        return resource.text("apiVersion").equals(Optional.of(selector.getApiVersion()))
                && resource.text("kind").equals(Optional.of(selector.getKind()))
                && resource.text("metadata", "namespace").orElse("").equals(selector.getNamespace())
                && resource.text("metadata", "name").equals(Optional.of(selector.getMatchName()));
    }

    /** A resource with the content of its connection Secret. */
    private static Resource observed(Json document, List<Json> all) {
        var resource = Resource.newBuilder().setResource(struct(document));
        document.text("spec", "writeConnectionSecretToRef", "name")
                .flatMap(name -> all.stream()
                        .filter(other -> other.text("kind").equals(Optional.of("Secret"))
                                && other.text("metadata", "name").equals(Optional.of(name)))
                        .findFirst())
                .ifPresent(secret -> secret.object("data")
                        .fields()
                        .keySet()
                        .forEach(key -> resource.putConnectionDetails(key, ByteString.copyFromUtf8("secret"))));
        return resource.build();
    }

    /** A composite with the uid that {@code crossplane composition render} gives to one that has none. */
    static Json.Obj withUid(Json composite) {
        return composite.text("metadata", "uid").isPresent()
                ? (Json.Obj) composite
                : Merge.over(
                        (Json.Obj) composite,
                        JsonLiteral.obj("metadata", JsonLiteral.obj("uid", RenderedUid.of(composite))));
    }

    static List<Json> documents(Path file) throws IOException {
        return Files.exists(file) ? Yaml.documents(Files.readString(file)) : List.of();
    }

    private static com.google.protobuf.Struct struct(Json document) {
        return StructCodec.struct((Json.Obj) document);
    }
}
