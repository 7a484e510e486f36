package io.functionenvironment.cli;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.err.println("usage: environment <command>");
    }
}
