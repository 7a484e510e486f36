package io.functionenvironment.plan;

import io.functionenvironment.json.Redaction;
import java.util.regex.Pattern;

/**
 * Words that come from files or from a cluster, and of which kubectl makes up what it asks for. None begins with a hyphen, so that
 * none is a flag: one that names a kubeconfig can run a program. None has a comma, which makes two types of one.
 */
enum KubectlWord {
    API_VERSION(
            "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
            "a version, or a group and a version, like platform.internal/v1beta1"),
    KIND("[A-Za-z][A-Za-z0-9]{0,62}", "a kind of letters and digits, like Environment"),
    TYPE(
            "[A-Za-z][A-Za-z0-9]{0,62}(\\.[a-z0-9]([-a-z0-9.]{0,316}[a-z0-9])?)?",
            "a type of letters and digits, also with its group, like environments.platform.internal"),
    NAMESPACE("([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?", "the name of a namespace, like team-a"),
    NAME(
            "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?",
            "a name of lower-case letters, digits, '-' and '.', that begins and ends with a letter or digit");

    private final Pattern pattern;
    private final String allowed;

    KubectlWord(String pattern, String allowed) {
        this.pattern = Pattern.compile(pattern);
        this.allowed = allowed;
    }

    /**
     * The word.
     *
     * @param field where it is from
     * @throws UnreadableState if it is none
     */
    String check(String field, String word) {
        if (word.length() > 512 || !pattern.matcher(word).matches()) {
            throw new UnreadableState(field + ": is " + Redaction.of(word) + "; must be " + allowed);
        }
        return word;
    }
}
