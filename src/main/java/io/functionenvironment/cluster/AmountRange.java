package io.functionenvironment.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.json.FieldReader;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What an amount of CPU, memory or storage in a size must be within, both inclusive.
 *
 * @param reason why it must not be less
 */
public record AmountRange(Amount kind, String least, String most, String reason) {
    private static final Quantity NOTHING = new Quantity("0");

    /** What a quantity may be, and in words. */
    public enum Amount {
        CPU("[1-9][0-9]{0,5}m?|[0-9]{1,4}\\.[0-9]{1,3}", "a number of cores or millicores, like \"2\" or \"500m\""),
        BYTES(
                "[1-9][0-9]{0,5}(\\.[0-9]{1,3})?(M|G|T|Mi|Gi|Ti)",
                "a number with the unit M, G, T, Mi, Gi or Ti, like \"4Gi\"");

        private final Pattern pattern;
        private final String allowed;

        Amount(String pattern, String allowed) {
            this.pattern = Pattern.compile(pattern);
            this.allowed = allowed;
        }
    }

    /** Reads a required amount. It returns one in any case, which is used only without errors. */
    public Quantity read(FieldReader at) {
        var quantity = quantity(at, kind);
        var amount = quantity.getNumericalAmount();
        // An error for what is no quantity at all is there already.
        if (amount.signum() > 0 && amount.compareTo(amount(least)) < 0) {
            at.error("is " + quantity + "; must be at least " + least + ": " + reason);
        } else if (amount.compareTo(amount(most)) > 0) {
            at.error("is " + quantity + "; must be at most " + most + "; check its unit");
        }
        return quantity;
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.parse(quantity).getNumericalAmount();
    }

    private static Quantity quantity(FieldReader at, Amount kind) {
        return at.required(kind.allowed)
                .text(kind.pattern, kind.allowed)
                .map(Quantity::parse)
                .filter(quantity -> {
                    var positive = quantity.getNumericalAmount().compareTo(BigDecimal.ZERO) > 0;
                    if (!positive) {
                        at.error("is \"" + quantity + "\"; must be more than 0");
                    }
                    return positive;
                })
                .orElse(NOTHING);
    }
}
