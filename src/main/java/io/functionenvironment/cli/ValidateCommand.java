package io.functionenvironment.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code environment validate}: says all that is wrong with some files. */
final class ValidateCommand {
    private ValidateCommand() {}

    static int run(List<String> arguments, Terminal terminal) throws UsageError {
        var files = Arguments.of(arguments, Set.of()).files();
        if (files.isEmpty()) {
            throw new UsageError("FILE is missing: which Environments and Settings are to be looked at?");
        }
        var errors = new ArrayList<String>();
        for (var file : files) {
            var found = new ArrayList<String>();
            Document.read(file, found).forEach(document -> found.addAll(document.errors()));
            if (found.isEmpty()) {
                terminal.out(file + ": is valid");
            }
            errors.addAll(found);
        }
        errors.forEach(terminal::err);
        return errors.isEmpty() ? 0 : 1;
    }
}
