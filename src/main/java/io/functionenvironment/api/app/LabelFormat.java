package io.functionenvironment.api.app;

import java.util.regex.Pattern;

/** What Kubernetes allows in names and labels of objects. */
public final class LabelFormat {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    /** Labels of DNS, separated by dots; without a limit of the length. */
    public static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    /** The key of a label, and in lower case that of an annotation. */
    public static final Pattern KEY =
            Pattern.compile("((?=[^/]{1,253}/)" + SUBDOMAIN + "/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    public static final String KEY_ALLOWED = "like team or example.org/cost-center";
    public static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    public static final String VALUE_ALLOWED =
            "a label value: at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit";

    /** The domain below which Environments have names: with the name and the namespace of one, at most 253 characters. */
    public static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,125}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

    public static final String DOMAIN_ALLOWED =
            "a domain in DNS of at most 125 characters, such as environments.example.org";

    private LabelFormat() {}
}
