package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The external resource of one managed resource. Every method may throw an {@link ExternalError}. */
interface ExternalClient {

    /**
     * What was observed.
     *
     * @param connection connection details
     * @param status writes the observation into the managed resource's status
     */
    record Observation(
            boolean exists, boolean upToDate, Map<String, String> connection, UnaryOperator<Json.Obj> status) {
        static final Observation ABSENT = new Observation(false, false, Map.of(), object -> object);
    }

    /**
     * A change of the external resource, which may take time.
     *
     * @param finish makes the change and returns what it writes into the managed resource's status
     */
    record Operation(Duration duration, Supplier<UnaryOperator<Json.Obj>> finish) {
        static Operation immediate(Runnable change) {
            return new Operation(Duration.ZERO, () -> {
                change.run();
                return object -> object;
            });
        }
    }

    /** A provider's controller for one kind of managed resource. */
    interface Provider {
        String apiVersion();

        String kind();

        /** Whether it is the controller of a managed resource. */
        default boolean manages(Ref ref) {
            return ref.isKind(kind()) && ref.apiVersion().equals(apiVersion());
        }

        ExternalClient connect(Json.Obj managed);

        /** The managed resource as the provider's Go types serialize it when they update all of it. */
        Json.Obj serialized(Json.Obj managed);

        /** When to observe a resource again that is up to date. */
        Duration pollInterval(Json.Obj managed, Duration configured);
    }

    /**
     * Brings the external resource to where the managed resource reports it, if it reports any.
     *
     * @param connected whether its connection details are known to exist
     */
    void restore(boolean connected);

    Observation observe();

    /** The managed resource with each field that is unset in its spec as the external resource has it, if its policies allow that. */
    default Json.Obj lateInitialize(Json.Obj managed) {
        return managed;
    }

    Operation create();

    Operation update();

    void delete();
}
