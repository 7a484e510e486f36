package io.functionenvironment.crossplane.provider;

/** Annotations of managed resources that crossplane-runtime 2 reads or writes, and so every provider built on it. */
public final class ManagedAnnotations {
    public static final String EXTERNAL_NAME = "crossplane.io/external-name";
    public static final String CREATE_PENDING = "crossplane.io/external-create-pending";
    public static final String CREATE_SUCCEEDED = "crossplane.io/external-create-succeeded";
    public static final String CREATE_FAILED = "crossplane.io/external-create-failed";

    /** A token; a changed one makes the provider reconcile at once. */
    public static final String RECONCILE_REQUEST = "crossplane.io/reconcile-requested-at";

    /** How often the provider looks at the external resource, in place of its own interval. */
    public static final String POLL_INTERVAL = "crossplane.io/poll-interval";

    private ManagedAnnotations() {}
}
