package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Texts that take a regular expression the square of their length, or more, if it can begin or end a match at each character. */
final class LongTexts {
    private static final List<String> REPEATED = List.of(
            "1",
            "1.",
            ".",
            "a",
            "x",
            "é",
            " ",
            "\t",
            "\n",
            "-",
            "/",
            "[",
            "]",
            "(",
            "{",
            "://",
            "a/",
            "a.",
            "a-",
            "a@",
            "a:1->",
            "00.",
            "0m",
            ".+",
            "%20",
            "<app>",
            "[a]",
            ".a",
            "//a",
            "?#",
            "[{0 ",
            "request id ",
            "{\"@type\": \"type.googleapis.com/google.rpc.RequestInfo\"",
            " Details: [",
            "1.1.1.1:",
            "(retried 1",
            " Retrying attempt #1",
            "-----BEGIN CERTIFICATE-----\n");

    /** What lets a pattern begin before the long part. */
    private static final List<String> FIRST =
            List.of("", "1.1.1-", "https://a/", "oci://a/", "[{0 ", "/tmp/", "object", "a");

    /** What no pattern ends with. */
    private static final List<String> LAST = List.of("", "\u0001!\n\n");

    private static final Duration BOUND = Duration.ofSeconds(2);

    private LongTexts() {}

    /** All of them, each of about this length. */
    static Stream<String> of(int length) {
        return FIRST.stream()
                .flatMap(first -> LAST.stream()
                        .flatMap(last -> REPEATED.stream().map(each -> first + filled(each, length) + last)));
    }

    /** Those of one part each, and starts of a diagnostic before white space. */
    static Stream<String> plain(int length) {
        return Stream.concat(
                REPEATED.stream().map(each -> filled(each, length)),
                Stream.of("[{0 ".repeat(length / 8) + " ".repeat(length / 2), " ".repeat(length) + "Details:"));
    }

    private static String filled(String each, int length) {
        return each.repeat(length / each.length());
    }

    /** The result of a call; fails once it took more than two seconds of processor time. */
    static <T> T bounded(String title, Supplier<T> call) {
        var result = new CompletableFuture<T>();
        var thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(call.get());
            } catch (RuntimeException | StackOverflowError thrown) {
                result.completeExceptionally(thrown);
            }
        });
        var clock = ManagementFactory.getThreadMXBean();
        while (true) {
            try {
                return result.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillRuns) {
                if (clock.getThreadCpuTime(thread.threadId()) > BOUND.toNanos()) {
                    return fail(title + " takes more than " + BOUND.toSeconds() + " s; it is at\n    "
                            + Stream.of(thread.getStackTrace())
                                    .filter(frame -> frame.getClassName().startsWith("io.functionenvironment"))
                                    .findFirst());
                }
            } catch (java.util.concurrent.ExecutionException thrown) {
                return fail(title + " throws " + thrown.getCause(), thrown);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return fail(title + " was interrupted");
            }
        }
    }

    /** The beginning of a text, as a title. */
    static String title(String text) {
        return "\"" + text.substring(0, Math.min(40, text.length())).replace("\n", "\\n") + "…\"";
    }
}
