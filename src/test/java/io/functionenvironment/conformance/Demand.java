package io.functionenvironment.conformance;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/**
 * Something that is asked of a function.
 *
 * @param <S> what it is tried on: one who calls the function, or a program that can be started
 * @param id names it in lists of findings
 * @param sentence says what the function does, if it does as it is asked
 */
record Demand<S>(Level level, String id, String sentence, Trial<S> trial) {

    interface Trial<S> {
        /** Tells all that is not as demanded, in words that are the same each time. */
        void on(S subject, Consumer<String> seen) throws Exception;
    }

    static <S> Demand<S> must(String id, String sentence, Trial<S> trial) {
        return new Demand<>(Level.MUST, id, sentence, trial);
    }

    static <S> Demand<S> should(String id, String sentence, Trial<S> trial) {
        return new Demand<>(Level.SHOULD, id, sentence, trial);
    }

    static <S> Demand<S> expected(String id, String sentence, Trial<S> trial) {
        return new Demand<>(Level.EXPECTED, id, sentence, trial);
    }

    /** All that is not as demanded, each once. */
    List<String> findings(S subject) {
        var seen = new ArrayList<String>();
        try {
            trial.on(subject, seen::add);
        } catch (TestAbortedException untried) {
            throw untried;
        } catch (StatusRuntimeException refused) {
            seen.add("a call ends with " + refused.getStatus().getCode());
        } catch (Exception failed) {
            seen.add("cannot be tried: " + failed);
        }
        return seen.stream().distinct().toList();
    }
}
