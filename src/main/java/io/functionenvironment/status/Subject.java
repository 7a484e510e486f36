package io.functionenvironment.status;

import io.functionenvironment.graph.Owner;
import java.util.List;

/** What one condition is about. */
public sealed interface Subject {
    /** The condition's type, such as {@code ClusterReady}. */
    String conditionType();

    List<Owner> owners();

    /**
     * A part of the Environment that consists of any number of components: the cluster, or an add-on.
     *
     * @param complete whether nothing that it needs is missing from the plan; while what is requested cannot be carried out,
     *     what exists is kept, which may be a part of it
     */
    record Single(String conditionType, Owner owner, boolean complete) implements Subject {
        /** What its condition may report, but for a refusal. */
        public static final List<ConditionReason> REASONS = List.of(
                ConditionReason.AVAILABLE,
                ConditionReason.PROGRESSING,
                ConditionReason.UNREACHABLE,
                ConditionReason.FAILING,
                ConditionReason.BLOCKED,
                ConditionReason.INVALID);

        @Override
        public List<Owner> owners() {
            return List.of(owner);
        }
    }

    /**
     * Any number of parts of the same kind.
     *
     * @param one what one of them is called
     * @param many what several of them are called
     * @param owners in the order requested
     */
    record Collection(String conditionType, String one, String many, List<Owner> owners) implements Subject {
        /** What its condition may report, but for a refusal. */
        public static final List<ConditionReason> REASONS = List.of(
                ConditionReason.AVAILABLE,
                ConditionReason.NOT_REQUESTED,
                ConditionReason.PROGRESSING,
                ConditionReason.FAILING,
                ConditionReason.INVALID);
    }
}
