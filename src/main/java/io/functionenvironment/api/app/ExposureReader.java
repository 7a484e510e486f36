package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which Service of an app is reachable from outside. */
final class ExposureReader {
    static final String FIELD = "expose";

    private static final String SERVICE_ALLOWED =
            "the name of a Service, in which <app> stands for the name of the app, such as <app>-server";
    private static final Pattern SERVICE =
            Pattern.compile("(?=.{1,63}$)(<app>|[a-z])(([-a-z0-9]|<app>)*(<app>|[a-z0-9]))?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");
    private static final String HOST_ALLOWED =
            "1 to 40 lower case letters, digits and '-', not beginning or ending with '-'";
    private static final int HIGHEST_PORT = 65_535;

    private ExposureReader() {}

    /** Empty if the field is not set. */
    static Optional<Exposure> read(FieldReader at) {
        at.only(Set.of("service", "port", "host"));
        if (at.object().isEmpty()) {
            return Optional.empty();
        }
        var service = at.field("service").required(SERVICE_ALLOWED).text(SERVICE, SERVICE_ALLOWED);
        var port = at.field("port").required("a port from 1 to 65535").integer(1, HIGHEST_PORT);
        var host = at.field("host").text(HOST, HOST_ALLOWED);
        return service.flatMap(name -> port.map(number -> new Exposure(name, number, host)));
    }
}
