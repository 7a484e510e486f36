package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.preview.InProcessFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever is asked for, changed and broken; a seed that fails is in the name of its test. */
class SimulationPropertyTest {
    private static final Ref ENVIRONMENT = new Ref("platform.internal/v1beta1", "Environment", "team-a", "dev");
    private static final Set<String> CLUSTER = Set.of("namespace", "cluster", "provider-config-helm", "health");

    static List<Long> seeds() {
        var only = System.getProperty("seed");
        if (only != null) {
            return List.of(Long.valueOf(only));
        }
        var count = Integer.getInteger("seeds", 60);
        return java.util.stream.LongStream.rangeClosed(1, count).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holds(long seed) {
        new Run(seed).play();
    }

    private static final class Run {
        private final Random random;
        private final Simulation simulation;
        private final RandomEnvironment wanted;
        private final List<String> story = new ArrayList<>();
        private final List<InjectedFault> faults = new ArrayList<>();
        private final Set<Ref> byHand = new HashSet<>();
        private Json.Obj settings;
        private boolean ending;
        /** Clusters that somebody removed by hand. */
        private boolean lost;
        /** Namespaces that are not the Environment's to remove. */
        private final Set<Ref> kept = new HashSet<>();

        Run(long seed) {
            random = new Random(seed);
            wanted = new RandomEnvironment(random);
            simulation = new Simulation(new InProcessFunction(), SimulationOptions.DEFAULT.withSeed(seed));
            settings = wanted.settings();
            simulation.settings(Optional.of(settings));
            simulation.host().watch(this::dependantsGoFirst);
            simulation.host().watch(this::clustersStay);
        }

        void play() {
            try {
                simulation.apply(wanted.body());
                say("apply " + "\n" + Yaml.text(wanted.body().object("spec")) + Yaml.text(settings));
                wander();
                explained();
                heal();
                repeatable();
                neverWithdrawn();
                if (random.nextInt(3) == 0) {
                    again();
                }
                delete();
            } catch (AssertionError | RuntimeException error) {
                throw new AssertionError(error.getMessage() + "\n" + String.join("\n", story), error);
            }
        }

        private void wander() {
            var steps = 2 + random.nextInt(6);
            for (var i = 0; i < steps; i++) {
                pass(Duration.ofSeconds(random.nextInt(90)));
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> edit();
                    case 3, 4 -> begin();
                    case 5 -> removeAndAddAgain();
                    case 6 -> editSettings();
                    case 7, 8 -> strip();
                    default -> deleteByHand();
                }
            }
        }

        private void edit() {
            say(wanted.edit());
            ask();
        }

        private void removeAndAddAgain() {
            var back = wanted.remember();
            say(wanted.remove());
            ask();
            pass(Duration.ofMillis(random.nextInt(8000)));
            back.run();
            say("add it again");
            ask();
        }

        private void editSettings() {
            settings = wanted.other(settings);
            say("settings " + Yaml.text(settings));
            simulation.settings(Optional.of(settings));
        }

        /** Somebody takes all labels, or all annotations, off something. */
        private void strip() {
            var part = random.nextBoolean() ? "labels" : "annotations";
            var some = simulation
                    .host()
                    .list(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                            .isPresent());
            if (!some.isEmpty()) {
                var ref = Ref.of(some.get(random.nextInt(some.size())));
                say("strip " + part + " of " + ref);
                // Without the first its composite is not reconciled any more; without the second provider-helm installs
                // another release.
                var kept = List.of(ComposedResource.NAME_ANNOTATION, "crossplane.io/external-name");
                simulation.edit(ref, object -> {
                    var stripped = JsonEdit.remove(object, "metadata", part);
                    for (var key : kept) {
                        var value = object.text("metadata", "annotations", key);
                        if (value.isPresent()) {
                            stripped = JsonEdit.set(stripped, value.get(), "metadata", "annotations", key);
                        }
                    }
                    return stripped;
                });
            }
        }

        private void ask() {
            var body = wanted.body();
            simulation.edit(
                    ENVIRONMENT,
                    object -> JsonEdit.set(
                            JsonEdit.set(object, body.items("spec", "apps"), "spec", "apps"),
                            body.text("spec", "size").orElse(""),
                            "spec",
                            "size"));
        }

        private void begin() {
            var names = new ArrayList<>(wanted.names());
            names.add("dev");
            var name = names.get(random.nextInt(names.size()));
            var app = !name.equals("dev");
            var fault = switch (random.nextInt(app ? 5 : 3)) {
                case 0 ->
                    new InjectedFault.Stopped(
                            List.of(InjectedFault.Program.values()).get(random.nextInt(3)));
                case 1 ->
                    app
                            ? new InjectedFault.InstallFails(name, 1 + random.nextInt(2), "hook failed")
                            : new InjectedFault.ClusterDown("dev");
                case 2 -> new InjectedFault.RepositoryDown(RandomEnvironment.REPOSITORY);
                case 3 -> new InjectedFault.ChartMissing(name);
                default -> new InjectedFault.ValuesRejected(name, "at '/replicas': got string, want number");
            };
            say("begin " + fault);
            faults.add(fault);
            simulation.inject(fault);
        }

        private void deleteByHand() {
            var some = new ArrayList<>(simulation
                    .host()
                    .list(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                                    .isPresent()
                            || Ref.of(object).name().endsWith("-kubeconfig")));
            // A ProviderConfig that is in use cannot go, and cannot be brought back either: nothing would heal that.
            some.removeIf(object -> Ref.of(object).isKind("ProviderConfig"));
            if (!some.isEmpty()) {
                var object = some.get(random.nextInt(some.size()));
                say("delete " + Ref.of(object) + " by hand");
                byHand.add(Ref.of(object));
                lost |= object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .filter(Set.of("namespace", "cluster")::contains)
                        .isPresent();
                simulation.delete(Ref.of(object));
            }
        }

        /** After a while it is ready, or a condition names what is wrong and says it in the provider's words. */
        private void explained() {
            pass(Duration.ofMinutes(40));
            for (var left : leaving()) {
                var release = release(left.text("name").orElse(""));
                var said = release.flatMap(Run::words).orElse("");
                assertTrue(
                        release.isPresent()
                                && !left.text("message").orElse("").isEmpty()
                                && (said.isEmpty()
                                        || left.text("message").orElse("").contains("cluster")
                                        || left.text("message").orElse("").startsWith("goes after")
                                        || left.text("message")
                                                .orElse("")
                                                .contains(said.substring(0, Math.min(60, said.length())))),
                        () -> "leaving: " + left + " while the provider says: " + said);
            }
            if (ready() || faults.stream().anyMatch(InjectedFault.Stopped.class::isInstance)) {
                return;
            }
            var messages = new ArrayList<>(conditions().stream()
                    .filter(condition ->
                            condition.text("status").filter("True"::equals).isEmpty())
                    .flatMap(condition -> condition.text("message").stream())
                    .toList());
            leaving()
                    .forEach(left -> messages.add(left.text("name").orElse("") + ": "
                            + left.text("message").orElse("")));
            var blamed = simulation.host().list("Release").stream()
                    .filter(release -> words(release).isPresent())
                    // What nobody asks for any more may wait for the cluster without a word.
                    .filter(this::isWanted)
                    .toList();
            for (var release : blamed) {
                var name = release.text("metadata", "annotations", "crossplane.io/external-name")
                        .orElse("");
                var said = words(release).orElse("");
                var known = messages.stream()
                        .anyMatch(message -> message.contains(said.substring(0, Math.min(60, said.length())))
                                && message.contains(name.equals("dev") ? "cluster" : name));
                if (!known) {
                    fail("no condition says that " + name + ": " + said + "\n" + messages);
                }
            }
        }

        private boolean isWanted(Json release) {
            var name = release.text("metadata", "annotations", "crossplane.io/external-name")
                    .orElse("");
            return name.equals("dev") || wanted.names().contains(name);
        }

        private List<Json> leaving() {
            return simulation.get(ENVIRONMENT).orElseThrow().items("status", "removing");
        }

        private Optional<Json.Obj> release(String name) {
            return simulation.host().list("Release").stream()
                    .filter(release -> release.text("metadata", "annotations", "crossplane.io/external-name")
                            .filter(name::equals)
                            .isPresent())
                    .findFirst();
        }

        private static Optional<String> words(Json release) {
            return Conditions.get(release, "Synced")
                    .filter(synced ->
                            synced.text("status").filter("False"::equals).isPresent())
                    .flatMap(synced -> synced.text("message"));
        }

        private void heal() {
            faults.forEach(simulation::clear);
            say("heal");
            var opened = simulation.now().plus(Duration.ofMinutes(10));
            if (!simulation.runUntil(this::settledReady, Duration.ofMinutes(45))) {
                fail("not ready after all faults were lifted: " + said());
            }
            pass(Duration.ofMinutes(30));
            assertEquals(List.of(), leaving(), "what is gone is still said to be leaving");
            assertTrue(ready(), () -> "ready only for a moment: " + said());
            assertEquals(
                    List.of(),
                    simulation.breakerOpenings(ENVIRONMENT).stream()
                            .filter(opened::isBefore)
                            .toList(),
                    "the breaker opened at rest");
            installed();
        }

        private boolean settledReady() {
            return ready()
                    && simulation
                                    .get(ENVIRONMENT)
                                    .orElseThrow()
                                    .items("status", "apps")
                                    .size()
                            == wanted.names().size();
        }

        /** What is asked for is in the cluster, as it is asked for. */
        private void installed() {
            var namespace = text("namespace");
            var inside = simulation.vcluster(namespace, text("name")).orElseThrow();
            for (var app : wanted.body().items("spec", "apps")) {
                var name = app.text("name").orElse("");
                var found = HelmRecord.get(inside, name, name);
                assertTrue(found.filter(HelmRecord::deployed).isPresent(), () -> name + " is not installed");
                assertEquals(
                        app.number("values", "replicas"),
                        found.orElseThrow().config().number("values", "replicas"),
                        () -> name + " is not as asked for");
            }
        }

        private String text(String field) {
            return simulation
                    .get(ENVIRONMENT)
                    .orElseThrow()
                    .text("status", "cluster", field)
                    .orElse("");
        }

        /** The same call within one interval gets the same answer. */
        private void repeatable() {
            var call = simulation.history().getLast().request();
            var bucket = Instant.ofEpochSecond(Math.floorDiv(simulation.now().getEpochSecond(), 60) * 60);
            var pipeline = new InProcessFunction();
            var first = pipeline.run(call, bucket);
            for (var i = 1; i < 100; i++) {
                assertEquals(first, pipeline.run(call, bucket.plusMillis(i * 40L)));
            }
            pass(Duration.ofMinutes(21));
            var version = simulation.host().version();
            var before = simulation.history().size();
            pass(Duration.ofHours(2));
            assertEquals(version, simulation.host().version(), "something is written at rest");
            var looks = simulation.history().size() - before;
            assertTrue(
                    looks <= 15,
                    () -> "looked at " + looks + " times in two hours at rest, once in ten minutes is asked");
        }

        private void neverWithdrawn() {
            for (var pass : simulation.history()) {
                pass.response().filter(answer -> answer.fatal().isEmpty()).ifPresent(answer -> {
                    var lost = new TreeSet<>(pass.request().observed().keySet());
                    lost.removeAll(answer.desired().keySet());
                    lost.removeIf(key -> !CLUSTER.contains(key)
                            && pass.request().composite().items("spec", "apps").stream()
                                    .noneMatch(app ->
                                            key.equals("app-" + app.text("name").orElse(""))));
                    assertEquals(Set.of(), lost, () -> "withdrawn at " + pass.at());
                });
            }
        }

        /** There is one cluster, and it stays the same, unless somebody takes it away. */
        private void clustersStay(WatchEvent change) {
            if (!change.ref().isKind("StatefulSet") || ending || lost) {
                return;
            }
            if (change.after().isEmpty()
                    || (change.before().isPresent() && change.changes("metadata", "deletionTimestamp"))) {
                fail(change.ref() + " was lost");
            }
            if (simulation.host().list("StatefulSet").size() > 1) {
                fail(change.ref() + " is a second cluster");
            }
        }

        /** The same name at once again: a new cluster, and nothing of the former one. */
        private void again() {
            ending = true;
            var former = identities();
            if (!composed()) {
                kept.add(Ref.namespace(text("namespace")));
            }
            simulation.delete(ENVIRONMENT);
            say("delete, and make it again");
            assertTrue(simulation.runUntil(() -> simulation.get(ENVIRONMENT).isEmpty(), Duration.ofMinutes(1)));
            pass(Duration.ofMillis(random.nextInt(20_000)));
            simulation.apply(wanted.body());
            if (!simulation.runUntil(this::settledReady, Duration.ofMinutes(15))) {
                fail("not ready when made again: " + said());
            }
            pass(Duration.ofMinutes(15));
            assertTrue(ready(), () -> "ready only for a moment when made again: " + said());
            former.retainAll(identities());
            assertEquals(Set.of(), former, "something is the former one's");
            installed();
            ending = false;
        }

        private boolean composed() {
            return simulation.host().list("Object").stream()
                    .anyMatch(object -> object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                            .filter("namespace"::equals)
                            .isPresent());
        }

        private Set<String> identities() {
            var uids = new TreeSet<String>();
            for (var kind : List.of("Release", "Object", "ProviderConfig", "Usage", "StatefulSet", "Secret")) {
                simulation
                        .host()
                        .list(kind)
                        .forEach(object -> uids.add(
                                kind + " " + object.text("metadata", "uid").orElse("")));
            }
            return uids;
        }

        private void dependantsGoFirst(WatchEvent change) {
            if (ending || !change.ref().isKind("Release") || byHand.contains(change.ref())) {
                return;
            }
            var begins = change.changes("metadata", "deletionTimestamp")
                    && change.before()
                            .filter(was ->
                                    was.at("metadata", "deletionTimestamp").isEmpty())
                            .isPresent();
            if (begins) {
                var key = change.before()
                        .orElseThrow()
                        .text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                        .orElse("");
                simulation.host().list("Release").stream()
                        .filter(other -> other.text("metadata", "annotations", "environment.fn.crossplane.io/needs")
                                .filter(needs -> needs.contains(key + "/") && needs.contains("/BEFORE"))
                                .isPresent())
                        .filter(other -> !byHand.contains(Ref.of(other)))
                        .findFirst()
                        .ifPresent(other -> fail(key + " goes before " + Ref.of(other) + ", which needs it"));
            }
        }

        /** After its deletion nothing is left, but for what the platform wanted to keep. */
        private void delete() {
            ending = true;
            var namespace = text("namespace");
            var keeps = !composed();
            if (keeps) {
                kept.add(Ref.namespace(namespace));
            }
            var healthy = random.nextBoolean();
            faults.clear();
            if (!healthy) {
                begin();
            } else if (random.nextBoolean()) {
                if (random.nextBoolean()) {
                    edit();
                } else {
                    say(wanted.remove());
                    ask();
                }
                pass(Duration.ofMillis(random.nextInt(10_000)));
            } else {
                pass(Duration.ofSeconds(random.nextInt(30)));
            }
            say("delete the environment");
            insist();
            pass(Duration.ofSeconds(30));
            // Where the function does not run, nobody hears of an attempt that was refused.
            if (!keeps
                    && !faults.contains(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES))
                    && !faults.contains(new InjectedFault.Stopped(InjectedFault.Program.FUNCTION))) {
                assertEquals(Optional.empty(), simulation.get(Ref.namespace(namespace)), "the host namespace is left");
            }
            faults.forEach(simulation::clear);
            insist();
            pass(Duration.ofMinutes(15));
            var left = simulation
                    .host()
                    .list(object -> !Ref.of(object).isKind("EnvironmentConfig")
                            && !Ref.of(object).equals(Ref.namespace("team-a"))
                            && !kept.contains(Ref.of(object)));
            assertEquals(List.of(), left.stream().map(Ref::of).toList(), "something is left");
        }

        /** While an app is being uninstalled, a deletion is refused for some seconds. */
        private void insist() {
            for (var tries = 0; tries < 30 && simulation.get(ENVIRONMENT).isPresent(); tries++) {
                if (simulation.delete(ENVIRONMENT).isEmpty()) {
                    return;
                }
                pass(Duration.ofSeconds(1));
            }
        }

        private boolean ready() {
            return Conditions.isTrue(simulation.get(ENVIRONMENT).orElseThrow(), "Ready");
        }

        private List<Json> conditions() {
            return simulation.get(ENVIRONMENT).orElseThrow().items("status", "conditions");
        }

        private String said() {
            return conditions().stream()
                    .map(condition -> condition.text("type").orElse("") + "="
                            + condition.text("status").orElse("") + " "
                            + condition.text("message").orElse(""))
                    .collect(java.util.stream.Collectors.joining("; "));
        }

        private void pass(Duration time) {
            simulation.advance(time);
        }

        private void say(String event) {
            story.add(simulation.now() + " " + event);
        }
    }
}
