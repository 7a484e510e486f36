package io.functionenvironment.bench;

import static io.functionenvironment.bench.Json.map;
import static io.functionenvironment.bench.Json.merged;
import static io.functionenvironment.bench.Json.struct;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What Crossplane and its providers make of what is desired, when all goes well. */
final class Provider {
    static final String MADE = "2026-01-31T11:00:00Z";

    /** As long as the one of a vcluster, which carries three certificates. */
    private static final ByteString KUBECONFIG = ByteString.copyFromUtf8("k".repeat(5600));

    private Provider() {}

    static Resource made(String name, Resource desired) {
        var body = desired.getResource();
        var kind = body.getFieldsOrThrow("kind").getStringValue();
        var wantsKubeconfig = body.getFieldsOrDefault("spec", Value.getDefaultInstance())
                .getStructValue()
                .containsFields("connectionDetails");
        var metadata = metadata(
                "dev-" + id(name).substring(0, 12),
                map(
                        "annotations",
                        map(
                                "crossplane.io/composition-resource-name", name,
                                "crossplane.io/external-create-pending", MADE,
                                "crossplane.io/external-create-succeeded", MADE),
                        "labels",
                        map("crossplane.io/composite", "dev"),
                        "finalizers",
                        List.of("finalizer.managedresource.crossplane.io"),
                        "ownerReferences",
                        List.of(map(
                                "apiVersion",
                                "platform.internal/v1beta1",
                                "kind",
                                "Environment",
                                "name",
                                "dev",
                                "uid",
                                id("dev"),
                                "controller",
                                true,
                                "blockOwnerDeletion",
                                true))));
        var made = Resource.newBuilder()
                .setResource(merged(body, struct(map("metadata", metadata, "status", Status.of(kind, body)))));
        if (wantsKubeconfig) {
            made.putConnectionDetails("kubeconfig", KUBECONFIG);
        }
        return made.build();
    }

    /** The composite, with the status that the function gave it and the conditions that Crossplane adds. */
    static Resource withStatus(Resource composite, RunFunctionResponse response) {
        var said = response.getConditionsList().stream()
                .map(each -> Status.condition(each.getType(), each.getReason()))
                .toList();
        var own = response.getDesired().getComposite().getResource();
        var conditions = struct(map("status", map("conditions", said)));
        return composite.toBuilder()
                .setResource(merged(merged(composite.getResource(), own), conditions))
                .build();
    }

    static Map<String, Object> metadata(String name, Map<String, Object> more) {
        var metadata = map(
                "name",
                name,
                "namespace",
                "team-a",
                "uid",
                id(name),
                "resourceVersion",
                "104512",
                "generation",
                1,
                "creationTimestamp",
                MADE);
        metadata.putAll(more);
        return metadata;
    }

    private static String id(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
