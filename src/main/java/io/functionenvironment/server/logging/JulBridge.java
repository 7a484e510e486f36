package io.functionenvironment.server.logging;

import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/** Has what gRPC, Netty and threads that fail say said in our log, without the messages of exceptions, which quote what came in. */
public final class JulBridge extends Handler {
    private final Log log;

    private JulBridge(Log log) {
        this.log = log;
    }

    /** From now on, in the whole process. */
    public static void install(Log log) {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
                log.library("error", thread.getName(), "the thread has ended unexpectedly", Optional.of(thrown)));
        LogManager.getLogManager().reset();
        LogManager.getLogManager().getLogger("").addHandler(new JulBridge(log));
    }

    @Override
    public void publish(LogRecord said) {
        if (said.getLevel().intValue() >= Level.INFO.intValue()) {
            log.library(
                    level(said.getLevel()),
                    String.valueOf(said.getLoggerName()),
                    String.valueOf(said.getMessage()),
                    Optional.ofNullable(said.getThrown()));
        }
    }

    private static String level(Level level) {
        return level.intValue() >= Level.SEVERE.intValue()
                ? "error"
                : level.intValue() >= Level.WARNING.intValue() ? "warn" : "info";
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
