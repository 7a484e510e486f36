package io.functionenvironment.crossplane.observed;

/**
 * Texts that others report in a status. People who may write there decide how long they are, up to the size of a Kubernetes object
 * (1.5 MiB in etcd), and the function looks at them several times in each call.
 */
public final class ReportedText {
    /** Far more than is ever shown. */
    private static final int MOST = 8192;

    private ReportedText() {}

    /** The beginning of a text, which is all that is searched and shown. */
    public static String beginning(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST);
    }
}
