package io.functionenvironment.conformance;

import static io.functionenvironment.tree.Tree.arr;
import static io.functionenvironment.tree.Tree.obj;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.Schema;
import io.functionenvironment.tree.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Requests that nobody should send, each by what is the matter with it. All are to be answered all the same. */
final class HostileRequests {
    private static final List<Tree> ODD = List.of(
            new Tree.Null(),
            new Tree.Bool(true),
            new Tree.Num(Double.NaN),
            new Tree.Num(Double.POSITIVE_INFINITY),
            new Tree.Num(Double.NEGATIVE_INFINITY),
            new Tree.Num(-1e300),
            new Tree.Text(""),
            new Tree.Text("text"),
            new Tree.Obj(Map.of()),
            obj("", obj("", "")),
            arr(),
            arr(new Tree.Null(), 7, "text", arr(), obj()));
    private static final List<String> TEXTS = List.of(
            "x".repeat(1024 * 1024),
            "\u0000\u0001\u001b[2J\r\n\t\u007f",
            "名前-🙂-\u202e\u200b\ufeff",
            "../../etc/passwd",
            "${jndi:ldap://localhost:1/a} {{ . }} %s%n$(id)",
            "-",
            "a/b.c_D");

    private HostileRequests() {}

    static Map<String, RunFunctionRequest> empty(RunFunctionRequest good) {
        return Map.of(
                "nothing", RunFunctionRequest.getDefaultInstance(),
                "no observed state", good.toBuilder().clearObserved().build(),
                "an empty composite", composite(good, composite -> composite.clear()));
    }

    /** Each part of the composite is of each wrong type. */
    static Map<String, RunFunctionRequest> types(RunFunctionRequest good) {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        for (var key : List.of("apiVersion", "kind", "metadata", "spec", "status")) {
            for (var odd : ODD) {
                requests.put(key + " is " + shown(odd), composite(good, body -> body.putFields(key, value(odd))));
            }
        }
        for (var key : List.of("name", "namespace", "uid", "labels", "annotations", "creationTimestamp")) {
            for (var odd : ODD) {
                requests.put("metadata." + key + " is " + shown(odd), within(good, "metadata", key, odd));
            }
        }
        for (var key : good.getObserved()
                .getComposite()
                .getResource()
                .getFieldsOrDefault("spec", Value.getDefaultInstance())
                .getStructValue()
                .getFieldsMap()
                .keySet()) {
            for (var odd : ODD) {
                requests.put("spec." + key + " is " + shown(odd), within(good, "spec", key, odd));
            }
        }
        requests.put(
                "a value without kind", composite(good, body -> body.putFields("spec", Value.getDefaultInstance())));
        return requests;
    }

    static Map<String, RunFunctionRequest> texts(RunFunctionRequest good) {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        for (var text : TEXTS) {
            for (var key : List.of("name", "namespace", "uid")) {
                requests.put(
                        "metadata." + key + " like " + shown(text), within(good, "metadata", key, new Tree.Text(text)));
            }
            requests.put(
                    "apiVersion like " + shown(text),
                    composite(good, body -> body.putFields("apiVersion", Samples.text(text))));
            requests.put("an observed resource named like " + shown(text), observed(good, text));
        }
        return requests;
    }

    static Map<String, RunFunctionRequest> large(RunFunctionRequest good) {
        var apps = new Tree.Arr(IntStream.range(0, 5000)
                .<Tree>mapToObj(i -> obj("name", "app-" + i))
                .toList());
        return Map.of(
                "a list of 5,000 in the spec",
                within(good, "spec", "apps", apps),
                "5,000 observed resources",
                many(good),
                "100 objects in one another",
                within(good, "spec", "deep", nested(100)));
    }

    /** 10 MiB, as were seen in pipelines with many resources. */
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

    /** The input, the context and what was required are not what they should be. */
    static Map<String, RunFunctionRequest> surroundings(RunFunctionRequest good) {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        for (var odd : ODD) {
            var struct = Struct.newBuilder()
                    .putFields("spec", value(odd))
                    .putFields("data", value(odd))
                    .build();
            requests.put(
                    "an input with " + shown(odd),
                    good.toBuilder().setInput(struct).build());
            requests.put(
                    "a context with " + shown(odd),
                    good.toBuilder()
                            .setContext(Struct.newBuilder()
                                    .putFields("apiextensions.crossplane.io/environment", value(odd)))
                            .build());
            var found = Resources.newBuilder()
                    .addItems(Resource.newBuilder().setResource(struct))
                    .addItems(Resource.getDefaultInstance());
            requests.put(
                    "required resources with " + shown(odd),
                    good.toBuilder()
                            .putRequiredResources("", found.build())
                            .putRequiredResources("other", found.build())
                            .putRequiredSchemas(
                                    "other",
                                    Schema.newBuilder().setOpenapiV3(struct).build())
                            .build());
        }
        requests.put(
                "an input of another kind",
                good.toBuilder()
                        .setInput(Samples.struct(obj(
                                "apiVersion", "pt.fn.crossplane.io/v1beta1", "kind", "Resources", "resources", arr())))
                        .build());
        return requests;
    }

    static Map<String, RunFunctionRequest> later(RunFunctionRequest good) {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                .addField(
                        536870911,
                        UnknownFieldSet.Field.newBuilder().addFixed32(7).build())
                .build();
        var request = good.toBuilder().setUnknownFields(unknown);
        request.getMetaBuilder().addCapabilitiesValue(999).setUnknownFields(unknown);
        request.getObservedBuilder()
                .setUnknownFields(unknown)
                .getCompositeBuilder()
                .setReadyValue(-5)
                .setUnknownFields(unknown);
        return Map.of("unknown fields and enum values", request.build());
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

    private static RunFunctionRequest observed(RunFunctionRequest good, String name) {
        var request = good.toBuilder();
        request.getObservedBuilder().putResources(name, Resource.getDefaultInstance());
        return request.build();
    }

    private static RunFunctionRequest composite(RunFunctionRequest good, Consumer<Struct.Builder> change) {
        var request = good.toBuilder();
        change.accept(request.getObservedBuilder().getCompositeBuilder().getResourceBuilder());
        return request.build();
    }

    private static RunFunctionRequest within(RunFunctionRequest good, String parent, String key, Tree odd) {
        return composite(
                good,
                body -> body.putFields(
                        parent,
                        Value.newBuilder()
                                .setStructValue(Played.object(body.build(), parent).toBuilder()
                                        .putFields(key, value(odd)))
                                .build()));
    }

    private static Tree nested(int levels) {
        Tree tree = new Tree.Text("end");
        for (var i = 0; i < levels; i++) {
            tree = obj("deeper", tree);
        }
        return tree;
    }

    private static Value value(Tree tree) {
        return Samples.struct(obj("value", tree)).getFieldsOrThrow("value");
    }

    private static String shown(Tree tree) {
        return tree instanceof Tree.Num(var number) ? String.valueOf(number) : tree.kind();
    }

    private static String shown(String text) {
        return text.length() > 50 ? "1 MiB of text" : '"' + text.replaceAll("\\P{Print}", "?") + '"';
    }
}
