package io.functionenvironment.cluster;

import io.functionenvironment.api.settings.Size;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.List;

/** A kind of cluster that an Environment may be. Each has a package of its own and is registered once, in {@code Registry}. */
public interface ClusterKind {
    /** The kind in the words of {@code status.cluster.type} and of the field below a size in Settings. */
    String type();

    /**
     * Reads a size of this kind. It reports errors and returns a size in any case, which is used only without errors.
     *
     * @param explicit what the platform set itself of this size, without the shipped defaults
     */
    Size readSize(FieldReader at, Json.Obj explicit);

    /**
     * The cluster as requested.
     *
     * @param size of this kind
     * @param demands what add-ons need beyond what the size gives to apps
     */
    ClusterPlan plan(Inputs inputs, Size size, Demands demands);

    /**
     * The cluster as it exists, where what is requested cannot be carried out. Every component that the cluster owns stays,
     * whatever it is: a misspelt size must not delete machines.
     *
     * @param demands what add-ons need; of these, only access is given
     * @param errors why it is kept
     */
    ClusterPlan keep(Inputs inputs, Demands demands, List<FieldError> errors);
}
