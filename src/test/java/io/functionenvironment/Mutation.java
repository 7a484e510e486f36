package io.functionenvironment;

import static io.functionenvironment.Requests.FUNCTION;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import com.google.protobuf.ByteString;
import io.functionenvironment.crossplane.provider.ManagedAnnotations;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.resource.Tracking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A request with a few random changes that make it malformed or unexpected. */
final class Mutation {
    private static final List<Json> UNEXPECTED = List.of(
            new Json.Null(),
            new Json.Bool(true),
            new Json.Bool(false),
            new Json.Num(Double.NaN),
            new Json.Num(Double.POSITIVE_INFINITY),
            new Json.Num(Double.NEGATIVE_INFINITY),
            new Json.Num(1e300),
            new Json.Num(-1e18),
            new Json.Num(4_294_967_296.5),
            new Json.Num(-1),
            new Json.Num(0),
            new Json.Num(1.35),
            new Json.Text(""),
            new Json.Text("-"),
            new Json.Text(" "),
            new Json.Text("."),
            new Json.Text("/"),
            new Json.Text("*"),
            new Json.Text("\n"),
            new Json.Text("\uD83D"),
            new Json.Text("0"),
            new Json.Text("-1"),
            new Json.Text("1e999"),
            new Json.Text("9".repeat(400)),
            new Json.Text("1.99"),
            new Json.Text("v1.99.0"),
            new Json.Text("v1.99999999999999999999.0"),
            new Json.Text("%s$1\\{}"),
            new Json.Text("x".repeat(5000)),
            new Json.Text("https://ci:hunter2@host"),
            new Json.Text("+1000000000-12-31T23:59:59.999999999Z"),
            new Json.Text("-1000000000-01-01T00:00:00Z"),
            new Json.Text("0000-01-01T00:00:00Z"),
            new Json.Text("2999-12-31T23:59:59Z"),
            new Json.Text("2026-01-01T00:01:40+25:00"),
            new Json.Obj(Map.of()),
            new Json.Arr(List.of()),
            obj("", obj("", "")),
            obj("name", 7),
            arr(new Json.Null()),
            arr(arr(), obj(), "", 7, new Json.Null()),
            arr("Observe"),
            arr("*"));
    private static final List<String> NAMES = List.of(
            "",
            "app-",
            "app",
            "app--",
            "app-a",
            "APP-A",
            "cluster",
            "namespace",
            "provider-config-helm",
            "health",
            "app-cluster",
            "protection",
            "x",
            "é",
            "app-" + "a".repeat(300),
            "a/b",
            "app-a.b");
    private static final List<String> KEYS = List.of(
            Tracking.DEPENDS_ON,
            Tracking.ALIVE,
            Tracking.OWNER,
            Tracking.COMPONENT,
            Tracking.ENVIRONMENT,
            "environment.fn.crossplane.io/values-fingerprint",
            ManagedAnnotations.RECONCILE_REQUEST,
            "crossplane.io/external-name",
            "crossplane.io/paused",
            Requests.NAME);
    private static final List<String> DEPENDENCIES = List.of(
            ",",
            ",,,",
            "/",
            "//",
            "a/EXISTS",
            "a/EXISTS/",
            "/EXISTS/CASCADE",
            "a/NEVER/CASCADE",
            "a/READY/SOON",
            "cluster/READY/UNINSTALL_FIRST,cluster/READY/UNINSTALL_FIRST",
            "namespace/READY/UNINSTALL_FIRST,",
            "app-a/READY/UNINSTALL_FIRST,app-backend/READY/UNINSTALL_FIRST,app-frontend/READY/UNINSTALL_FIRST,"
                    + "app-podinfo/READY/UNINSTALL_FIRST",
            "cluster/KUBECONFIG/CASCADE/x",
            "provider-config-helm/READY/UNINSTALL_FIRST,provider-config-helm/KUBECONFIG/UNINSTALL_FIRST");

    private final Random random;
    private final RunFunctionRequest.Builder request;
    private final List<String> done = new ArrayList<>();

    Mutation(Random random, RunFunctionRequest original) {
        this.random = random;
        this.request = original.toBuilder();
        request.getMetaBuilder().setTag("tag " + random.nextInt());
        lookUp(original);
        var count = 1 + random.nextInt(6);
        for (var i = 0; i < count; i++) {
            mutate();
        }
    }

    RunFunctionRequest request() {
        return request.build();
    }

    List<String> done() {
        return done;
    }

    /** Crossplane finds some of the observed resources for each look-up that the response requires. */
    @SuppressWarnings("deprecation") // Crossplane before 2.0 has only the older of the two fields.
    private void lookUp(RunFunctionRequest original) {
        var names = new TreeSet<>(List.of("untracked-releases"));
        if (random.nextInt(2) == 0) {
            var requirements = FUNCTION.run(new FunctionRequest(original), ObservedStateFake.NOW)
                    .message()
                    .getRequirements();
            names.addAll(requirements.getResourcesMap().keySet());
            names.addAll(requirements.getExtraResourcesMap().keySet());
        }
        names.remove("settings");
        for (var name : names) {
            var found = Resources.newBuilder();
            sorted().forEach(key -> {
                if (random.nextInt(3) == 0) {
                    found.addItems(request.getObserved().getResourcesOrThrow(key));
                }
            });
            if (random.nextInt(3) > 0) {
                request.putRequiredResources(name, found.build());
            }
        }
    }

    private void mutate() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> composite(this::change, "change the composite");
            case 4, 5 -> resource(this::change, "change ");
            case 6 -> resource(this::tamper, "tamper with ");
            case 7 -> rename();
            case 8 -> settings();
            case 9 -> required();
            case 10 ->
                resource(
                        body -> random.nextInt(2) == 0
                                ? put(body, pick(UNEXPECTED), "status", "conditions")
                                : put(body, pick(UNEXPECTED), "spec", "forProvider"),
                        "break ");
            default -> connection();
        }
    }

    private void composite(UnaryOperator<Json.Obj> change, String title) {
        var composite = request.getObservedBuilder().getCompositeBuilder();
        composite.setResource(StructCodec.struct(change.apply(StructCodec.tree(composite.getResource()))));
        done.add(title);
    }

    private void resource(UnaryOperator<Json.Obj> change, String title) {
        any().ifPresent(name -> {
            var resource = request.getObserved().getResourcesOrThrow(name);
            request.getObservedBuilder().putResources(name, with(resource, change));
            done.add(title + name);
        });
    }

    private void rename() {
        any().ifPresent(name -> {
            var resource = request.getObserved().getResourcesOrThrow(name);
            var other = random.nextInt(2) == 0 ? pick(NAMES) : any().orElse("");
            if (random.nextInt(3) > 0) {
                request.getObservedBuilder().removeResources(name);
            }
            request.getObservedBuilder().putResources(other, resource);
            done.add("rename " + name + " to " + other);
        });
    }

    private void settings() {
        var found = request.getRequiredResourcesOrDefault("settings", Resources.getDefaultInstance()).toBuilder();
        if (found.getItemsCount() == 0) {
            var document = obj("kind", "EnvironmentConfig", "data", pick(UNEXPECTED));
            found.addItems(Resource.newBuilder().setResource(StructCodec.struct(document)));
        } else {
            found.setItems(0, with(found.getItems(0), this::change));
        }
        request.putRequiredResources("settings", found.build());
        done.add("change the settings");
    }

    private void required() {
        var names = request.getRequiredResourcesMap().keySet().stream()
                .filter(name -> !name.equals("settings"))
                .sorted()
                .toList();
        if (!names.isEmpty()) {
            var name = pick(names);
            var found = request.getRequiredResourcesOrThrow(name).toBuilder();
            for (var i = 0; i < found.getItemsCount(); i++) {
                found.setItems(i, with(found.getItems(i), random.nextInt(2) == 0 ? this::change : this::tamper));
            }
            request.putRequiredResources(name, found.build());
            done.add("change " + name);
        }
    }

    private void connection() {
        any().ifPresent(name -> {
            var resource = request.getObserved().getResourcesOrThrow(name).toBuilder();
            if (random.nextInt(2) == 0) {
                resource.clearConnectionDetails();
            } else {
                resource.putConnectionDetails("kubeconfig", ByteString.copyFromUtf8("secret"));
            }
            request.getObservedBuilder().putResources(name, resource.build());
            done.add("connect " + name);
        });
    }

    private static Resource with(Resource resource, UnaryOperator<Json.Obj> change) {
        return resource.toBuilder()
                .setResource(StructCodec.struct(change.apply(StructCodec.tree(resource.getResource()))))
                .build();
    }

    /** Changes a label or an annotation that the function or Crossplane writes. */
    private Json.Obj tamper(Json.Obj body) {
        var key = pick(KEYS);
        var old = body.text("metadata", "annotations", key).orElse("");
        var value = switch (random.nextInt(4)) {
            case 0 -> pick(UNEXPECTED);
            case 1 -> new Json.Text(pick(DEPENDENCIES));
            case 2 -> new Json.Text(old.substring(0, old.isEmpty() ? 0 : random.nextInt(old.length())));
            default -> new Json.Text(old + "," + pick(DEPENDENCIES));
        };
        return put(body, value, "metadata", random.nextInt(3) == 0 ? "labels" : "annotations", key);
    }

    /** Replaces or removes a random value of an object. */
    private Json.Obj change(Json.Obj object) {
        var index = random.nextInt(size(object));
        var other = subtree(object, random.nextInt(size(object)));
        var changed = at(object, new int[] {index}, old -> switch (random.nextInt(6)) {
            case 0, 1 -> Optional.of(pick(UNEXPECTED));
            case 2 -> Optional.empty();
            case 3 -> Optional.of(other);
            case 4 -> Optional.of(foreign());
            default -> Optional.of(altered(old));
        });
        return changed.orElse(Json.Obj.EMPTY) instanceof Json.Obj obj ? obj : Json.Obj.EMPTY;
    }

    private Json altered(Json value) {
        return switch (value) {
            case Json.Text(var text) ->
                new Json.Text(
                        switch (random.nextInt(4)) {
                            case 0 -> text + text;
                            case 1 -> text.substring(text.length() / 2);
                            case 2 -> text.toUpperCase(Locale.ROOT);
                            default -> text.replaceAll("[0-9]", "99");
                        });
            case Json.Arr(var items) -> {
                var doubled = new ArrayList<>(items);
                doubled.addAll(items);
                yield new Json.Arr(doubled);
            }
            case Json.Num(var number) -> new Json.Num(-number * 1e10);
            case Json.Bool(var bool) -> new Json.Bool(!bool);
            default -> arr(value);
        };
    }

    /** A value from a random resource. */
    private Json foreign() {
        return any().map(name -> {
                    var body = StructCodec.tree(
                            request.getObserved().getResourcesOrThrow(name).getResource());
                    return subtree(body, random.nextInt(size(body)));
                })
                .orElse(Json.Obj.EMPTY);
    }

    private static Json.Obj put(Json.Obj object, Json value, String... path) {
        var fields = new LinkedHashMap<>(object.fields());
        fields.put(
                path[0],
                path.length == 1
                        ? value
                        : put(object.object(path[0]), value, Arrays.copyOfRange(path, 1, path.length)));
        return new Json.Obj(fields);
    }

    /** The number of values in a value, including itself. */
    private static int size(Json value) {
        return 1
                + switch (value) {
                    case Json.Obj(var fields) ->
                        fields.values().stream().mapToInt(Mutation::size).sum();
                    case Json.Arr(var items) ->
                        items.stream().mapToInt(Mutation::size).sum();
                    default -> 0;
                };
    }

    private static Json subtree(Json value, int index) {
        var found = new ArrayList<Json>();
        at(value, new int[] {index}, old -> {
            found.add(old);
            return Optional.of(old);
        });
        return found.getFirst();
    }

    /**
     * A value in which one of the values inside is replaced, or removed.
     *
     * @param remaining one element: how many values come before it, counted down in depth-first order
     */
    private static Optional<Json> at(Json value, int[] remaining, Function<Json, Optional<Json>> change) {
        if (remaining[0]-- == 0) {
            return change.apply(value);
        }
        return Optional.of(
                switch (value) {
                    case Json.Obj(var fields) -> {
                        var next = new LinkedHashMap<String, Json>();
                        fields.keySet().stream()
                                .sorted()
                                .forEach(key -> at(fields.getOrDefault(key, new Json.Null()), remaining, change)
                                        .ifPresent(field -> next.put(key, field)));
                        yield new Json.Obj(next);
                    }
                    case Json.Arr(var items) -> {
                        var next = new ArrayList<Json>();
                        items.forEach(item -> at(item, remaining, change).ifPresent(next::add));
                        yield new Json.Arr(next);
                    }
                    default -> value;
                });
    }

    private Optional<String> any() {
        var names = sorted();
        return names.isEmpty() ? Optional.empty() : Optional.of(pick(names));
    }

    private List<String> sorted() {
        return request.getObserved().getResourcesMap().keySet().stream()
                .sorted()
                .toList();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
