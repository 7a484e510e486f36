package io.functionenvironment.conformance;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/**
 * A rule that a function conforms to or violates.
 *
 * @param <S> what it is checked on: a client of the function, or a program that can be started
 * @param id identifies it in lists of findings
 * @param sentence what a conforming function does
 */
record Rule<S>(Level level, String id, String sentence, Check<S> check) {

    interface Check<S> {
        /** Reports every violation, in the same words each time. */
        void run(S subject, Consumer<String> findings) throws Exception;
    }

    static <S> Rule<S> must(String id, String sentence, Check<S> check) {
        return new Rule<>(Level.MUST, id, sentence, check);
    }

    static <S> Rule<S> should(String id, String sentence, Check<S> check) {
        return new Rule<>(Level.SHOULD, id, sentence, check);
    }

    static <S> Rule<S> expected(String id, String sentence, Check<S> check) {
        return new Rule<>(Level.EXPECTED, id, sentence, check);
    }

    /** All violations, each once. */
    List<String> findings(S subject) {
        var findings = new ArrayList<String>();
        try {
            check.run(subject, findings::add);
        } catch (TestAbortedException untried) {
            throw untried;
        } catch (StatusRuntimeException refused) {
            findings.add("a call ends with " + refused.getStatus().getCode());
        } catch (Exception failed) {
            findings.add("cannot be checked: " + failed);
        }
        return findings.stream().distinct().toList();
    }
}
