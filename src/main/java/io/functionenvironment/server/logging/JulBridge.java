package io.functionenvironment.server.logging;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/**
 * Forwards {@code java.util.logging}, which gRPC and Netty use, and uncaught exceptions to the server's log. The messages
 * of exceptions are left out, because they may quote input.
 */
public final class JulBridge extends Handler {
    /** gRPC's logger for connections that break, as each does whose client has no certificate. */
    private static final String CONNECTIONS = ".connections";

    /** Clients cause most exceptions, and can cause many. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Log log;
    private final Map<String, Seldom> seldom = new ConcurrentHashMap<>();

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
        if (record.getLevel().intValue() < Level.INFO.intValue()) {
            return;
        }
        var logger = String.valueOf(record.getLoggerName());
        var message = String.valueOf(record.getMessage());
        var level = level(record.getLevel());
        if (record.getThrown() instanceof Throwable thrown) {
            // Messages of these libraries are fixed texts, so these are few.
            seldom.computeIfAbsent(logger + message, first -> new Seldom(PAUSE))
                    .pass(System.nanoTime())
                    .ifPresent(skipped -> {
                        if (logger.endsWith(CONNECTIONS)) {
                            log.broken(logger, thrown, skipped);
                        } else {
                            log.library(level, logger, message, Optional.of(thrown));
                        }
                    });
        } else {
            log.library(level, logger, message, Optional.empty());
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
