package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The thing that a managed resource stands for. Every method may throw a {@link Failure}. */
interface External {

    /**
     * What was seen of it.
     *
     * @param connection what there is to tell about how to reach it
     * @param status puts what was seen into the resource's status
     */
    record Seen(boolean exists, boolean upToDate, Map<String, String> connection, UnaryOperator<Json.Obj> status) {
        static final Seen NOTHING = new Seen(false, false, Map.of(), object -> object);
    }

    /**
     * Something that takes its time.
     *
     * @param end does it, and says what changes in the resource's status
     */
    record Step(Duration takes, Supplier<UnaryOperator<Json.Obj>> end) {
        static Step now(Runnable task) {
            return new Step(Duration.ZERO, () -> {
                task.run();
                return object -> object;
            });
        }
    }

    /** How a provider gets at such things. */
    interface Provider {
        String apiVersion();

        String kind();

        External connect(Json.Obj managed);

        /** What the provider leaves in a resource whenever it writes all of it, beside what it means to. */
        Json.Obj written(Json.Obj managed);

        /** When to look again at a resource that is as it should be. */
        Duration poll(Json.Obj managed, Duration usual);
    }

    Seen observe();

    Step create();

    Step update();

    void delete();
}
