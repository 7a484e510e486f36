package io.functionenvironment.conformance;

import static io.functionenvironment.json.JsonLiteral.obj;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.util.Map;
import java.util.stream.IntStream;

/** Unusually large requests. */
final class LargeRequests {
    private LargeRequests() {}

    /** Requests with many items, by description. */
    static Map<String, RunFunctionRequest> large(RunFunctionRequest good) {
        var apps = new Json.Arr(IntStream.range(0, 5000)
                .<Json>mapToObj(i -> obj("name", "app-" + i))
                .toList());
        return Map.of(
                "a list of 5,000 in the spec",
                with(good, "apps", apps),
                "5,000 observed resources",
                many(good),
                "100 nested objects",
                with(good, "deep", nested(100)));
    }

    /** Of so many MiB; 10 have been seen in pipelines with many resources. */
    static RunFunctionRequest megabytes(RunFunctionRequest good, int count) {
        var request = good.toBuilder();
        for (var i = 0; i < count; i++) {
            var body = obj("apiVersion", "v1", "kind", "ConfigMap", "data", obj("text", "x".repeat(1024 * 1024)));
            request.getObservedBuilder()
                    .putResources(
                            "large-" + i,
                            Resource.newBuilder()
                                    .setResource(SampleRequests.struct(body))
                                    .build());
        }
        return request.build();
    }

    static byte[] deep(RunFunctionRequest good, int levels) {
        return good.toByteString()
                .concat(RawMessage.field(RunFunctionRequest.INPUT_FIELD_NUMBER, deep(levels)))
                .toByteArray();
    }

    /** Encoded from the inside out: encoding nested messages would need as many nested calls as there are levels. */
    static ByteString deep(int levels) {
        var value = SampleRequests.text("end").toByteString();
        for (var i = 0; i < levels; i++) {
            value = RawMessage.field(
                    Value.STRUCT_VALUE_FIELD_NUMBER, RawMessage.entry(Struct.FIELDS_FIELD_NUMBER, "deeper", value));
        }
        return RawMessage.entry(Struct.FIELDS_FIELD_NUMBER, "deep", value);
    }

    private static RunFunctionRequest many(RunFunctionRequest good) {
        var request = good.toBuilder();
        IntStream.range(0, 5000)
                .forEach(i -> request.getObservedBuilder()
                        .putResources(
                                "other-" + i,
                                Resource.newBuilder()
                                        .setResource(
                                                Struct.newBuilder().putFields("kind", SampleRequests.text("Other")))
                                        .build()));
        return request.build();
    }

    private static RunFunctionRequest with(RunFunctionRequest good, String key, Json value) {
        var request = good.toBuilder();
        request.getObservedBuilder()
                .getCompositeBuilder()
                .getResourceBuilder()
                .putFields(
                        "spec",
                        SampleRequests.struct(obj("spec", obj(key, value))).getFieldsOrThrow("spec"));
        return request.build();
    }

    private static Json nested(int levels) {
        Json tree = new Json.Text("end");
        for (var i = 0; i < levels; i++) {
            tree = obj("deeper", tree);
        }
        return tree;
    }
}
