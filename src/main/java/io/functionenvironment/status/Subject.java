package io.functionenvironment.status;

import io.functionenvironment.graph.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one condition is about. */
public sealed interface Subject {
    /** The condition's type, such as {@code ClusterReady}. */
    String conditionType();

    List<Owner> owners();

    /**
     * What something reports of itself, such as an application that cannot be synchronized.
     *
     * @param holdsReady whether the Environment is not ready until its reason is one of those that make a condition True
     * @param until when it says something else although nothing has changed, and so no watch calls the function
     */
    record Finding(ConditionReason reason, String message, boolean holdsReady, Optional<Instant> until) {
        public Finding(ConditionReason reason, String message, boolean holdsReady) {
            this(reason, message, holdsReady, Optional.empty());
        }
    }

    /**
     * A part of the Environment that consists of any number of components: the cluster, or an add-on.
     *
     * @param name what people call it, at the beginning of a sentence
     * @param complete whether nothing that it needs is missing from the plan; while what is requested cannot be carried out,
     *     what exists is kept, which may be a part of it
     * @param finding what it reports of itself once all its components are ready, or at once if it needs none; empty if there is
     *     nothing else to say
     * @param holdsReady whether the Environment is not ready while this is not; what the platform wants of an Environment
     *     besides is not necessary for it to work
     */
    record Single(
            String conditionType,
            String name,
            Owner owner,
            boolean complete,
            Optional<Finding> finding,
            boolean holdsReady)
            implements Subject {
        public Single(String conditionType, String name, Owner owner, boolean complete, Optional<Finding> finding) {
            this(conditionType, name, owner, complete, finding, true);
        }

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

    /** An add-on that is no longer requested. Crossplane keeps the conditions that a function no longer returns. */
    record Absent(String conditionType) implements Subject {
        @Override
        public List<Owner> owners() {
            return List.of();
        }
    }
}
