package io.functionenvironment.conformance;

import static io.functionenvironment.json.JsonLiteral.obj;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.JsonLiteral;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Valid requests. */
final class SampleRequests {
    /** Prefix of the resources of earlier steps. */
    static final String EARLIER = "earlier-";

    private SampleRequests() {}

    /** For a composite of an invented kind with an empty spec. */
    static RunFunctionRequest neutral() {
        var composite = obj(
                "apiVersion",
                "example.org/v1",
                "kind",
                "Example",
                "metadata",
                obj("name", "sample", "namespace", "default", "uid", "0b1d1c9e-5d0c-4a67-9a8e-6c8f5d9f2a11"),
                "spec",
                obj());
        var request = RunFunctionRequest.newBuilder();
        request.getMetaBuilder().setTag("sample");
        request.getObservedBuilder().getCompositeBuilder().setResource(struct(composite));
        return request.build();
    }

    /** From a YAML file, in protobuf's JSON mapping. */
    static RunFunctionRequest read(Path file) throws IOException {
        var request = RunFunctionRequest.newBuilder();
        JsonFormat.parser()
                .merge(new YAMLMapper().readTree(Files.readString(file)).toString(), request);
        return request.build();
    }

    /** The same request, after steps that desire resources of every shape, a composite status, and a context. */
    static RunFunctionRequest afterOtherSteps(RunFunctionRequest request) {
        var changed = request.toBuilder();
        var desired = changed.getDesiredBuilder();
        desired.putAllResources(others().getResourcesMap());
        var composite = desired.getCompositeBuilder();
        composite
                .setResource(struct(obj("status", obj("earlier", everyType()))))
                .putConnectionDetails("earlier", ByteString.copyFromUtf8("earlier"));
        changed.getContextBuilder().mergeFrom(context());
        return changed.build();
    }

    static Struct context() {
        return struct(obj(
                "earlier.example.org/note",
                everyType(),
                "apiextensions.crossplane.io/environment",
                obj("region", "here")));
    }

    private static State others() {
        var state = State.newBuilder();
        for (var ready : new Ready[] {Ready.READY_UNSPECIFIED, Ready.READY_TRUE, Ready.READY_FALSE}) {
            var name = EARLIER + ready.name().toLowerCase(java.util.Locale.ROOT);
            var body = obj(
                    "apiVersion",
                    "example.org/v1",
                    "kind",
                    "Bucket",
                    "metadata",
                    obj("name", "named-by-" + ready.getNumber()),
                    "spec",
                    everyType());
            state.putResources(
                    name,
                    Resource.newBuilder()
                            .setResource(struct(body))
                            .setReady(ready)
                            .putConnectionDetails("token", ByteString.copyFrom(new byte[] {0, -1, 10, 127}))
                            .build());
        }
        return state.putResources(EARLIER + "without-body", Resource.getDefaultInstance())
                .putResources(
                        EARLIER + "Ünï/cøde 名前",
                        Resource.newBuilder()
                                .setResource(struct(obj("kind", "Odd")))
                                .build())
                .build();
    }

    /** An object with values of every type. */
    private static Json.Obj everyType() {
        return obj(
                "null",
                new Json.Null(),
                "yes",
                true,
                "no",
                false,
                "zero",
                0,
                "fraction",
                new Json.Num(-0.25),
                "large",
                new Json.Num(9007199254740991.0),
                "empty",
                "",
                "text",
                "line\nand ünïcode \u0000 名前 🙂",
                "object",
                obj("", obj()),
                "list",
                JsonLiteral.arr(1, "two", JsonLiteral.arr(), obj("three", 3), new Json.Null()));
    }

    static Struct struct(Json.Obj tree) {
        return StructCodec.struct(tree);
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
