package io.functionenvironment.server.logging;

import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/**
 * Forwards {@code java.util.logging}, which gRPC and Netty use, and uncaught exceptions to the server's log. The messages
 * of exceptions are left out, because they may quote input.
 */
public final class JulBridge extends Handler {
    private final Log log;

    private JulBridge(Log log) {
        this.log = log;
    }

    /** Forwards to a log from now on, in the whole process. */
    public static void install(Log log) {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
                log.library("error", thread.getName(), "the thread ended unexpectedly", Optional.of(thrown)));
        LogManager.getLogManager().reset();
        LogManager.getLogManager().getLogger("").addHandler(new JulBridge(log));
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.INFO.intValue()) {
            log.library(
                    level(record.getLevel()),
                    String.valueOf(record.getLoggerName()),
                    String.valueOf(record.getMessage()),
                    Optional.ofNullable(record.getThrown()));
        }
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        return level.intValue() >= Level.WARNING.intValue() ? "warn" : "info";
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
