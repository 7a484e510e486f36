package io.functionenvironment.api.app;

import java.util.regex.Pattern;

/** Certificates in files. */
public final class CertificateFormat {
    /** One or more in PEM (RFC 7468), and nothing else, such as a key. */
    public static final Pattern PEM = Pattern.compile(
            "(?=[\\s\\S]{1,16384}$)(-----BEGIN CERTIFICATE-----\\n[A-Za-z0-9+/=\\n]+-----END CERTIFICATE-----\\n?)+");

    public static final String ALLOWED =
            "certificates in PEM, each from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, of at most 16384"
                    + " characters together";

    private CertificateFormat() {}
}
