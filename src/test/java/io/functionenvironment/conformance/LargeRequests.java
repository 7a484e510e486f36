package io.functionenvironment.conformance;

import static io.functionenvironment.json.JsonLiteral.obj;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.IntStream;

/** Requests of a size that nobody expects. */
final class LargeRequests {
    private LargeRequests() {}

    /** By what there is too much of; each is to be answered all the same. */
    static Map<String, RunFunctionRequest> large(RunFunctionRequest good) {
        var apps = new Json.Arr(IntStream.range(0, 5000)
                .<Json>mapToObj(i -> obj("name", "app-" + i))
                .toList());
        return Map.of(
                "a list of 5,000 in the spec",
                with(good, "apps", apps),
                "5,000 observed resources",
                many(good),
                "100 objects in one another",
                with(good, "deep", nested(100)));
    }

    /** Of so many MiB; 10 were seen in pipelines with many resources. */
    static RunFunctionRequest megabytes(RunFunctionRequest good, int count) {
        var request = good.toBuilder();
        for (var i = 0; i < count; i++) {
            var body = obj("apiVersion", "v1", "kind", "ConfigMap", "data", obj("text", "x".repeat(1024 * 1024)));
            request.getObservedBuilder()
                    .putResources(
                            "large-" + i,
                            Resource.newBuilder()
                                    .setResource(Samples.struct(body))
                                    .build());
        }
        return request.build();
    }

    /** Made from the inside out, because to make it of messages takes as many calls in one another as it has levels. */
    static byte[] deep(RunFunctionRequest good, int levels) {
        var value = Samples.text("end").toByteString();
        for (var i = 0; i < levels; i++) {
            var entry = field(1, ByteString.copyFromUtf8("deeper")).concat(field(2, value));
            value = field(Value.STRUCT_VALUE_FIELD_NUMBER, field(Struct.FIELDS_FIELD_NUMBER, entry));
        }
        var input = field(
                Struct.FIELDS_FIELD_NUMBER,
                field(1, ByteString.copyFromUtf8("deep")).concat(field(2, value)));
        return good.toByteString()
                .concat(field(RunFunctionRequest.INPUT_FIELD_NUMBER, input))
                .toByteArray();
    }

    private static ByteString field(int number, ByteString content) {
        var out = ByteString.newOutput();
        var coded = CodedOutputStream.newInstance(out);
        try {
            coded.writeBytes(number, content);
            coded.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("there is room in memory", impossible);
        }
        return out.toByteString();
    }

    private static RunFunctionRequest many(RunFunctionRequest good) {
        var request = good.toBuilder();
        IntStream.range(0, 5000)
                .forEach(i -> request.getObservedBuilder()
                        .putResources(
                                "other-" + i,
                                Resource.newBuilder()
                                        .setResource(Struct.newBuilder().putFields("kind", Samples.text("Other")))
                                        .build()));
        return request.build();
    }

    private static RunFunctionRequest with(RunFunctionRequest good, String key, Json value) {
        var request = good.toBuilder();
        request.getObservedBuilder()
                .getCompositeBuilder()
                .getResourceBuilder()
                .putFields("spec", Samples.struct(obj("spec", obj(key, value))).getFieldsOrThrow("spec"));
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
