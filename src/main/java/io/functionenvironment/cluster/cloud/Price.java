package io.functionenvironment.cluster.cloud;

import io.functionenvironment.json.FieldReader;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the platform says that a cluster costs in an hour. The function knows no prices itself.
 *
 * @param currency in whatever words
 * @param cluster what it costs without nodes
 * @param node what each node costs
 */
public record Price(String currency, BigDecimal cluster, Optional<BigDecimal> node) {
    private static final Pattern CURRENCY = Pattern.compile("[^\\p{Cntrl}\\s]{1,12}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,6})?");
    private static final String AMOUNT_ALLOWED = "a number of at most 6 decimal places in quotes, like \"0.10\"";

    static Optional<Price> read(FieldReader at) {
        if (!at.present()) {
            return Optional.empty();
        }
        at.only(Set.of("currency", "cluster", "node"));
        var currency = at.field("currency")
                .required("a currency, like USD")
                .text(CURRENCY, "1 to 12 characters without spaces, like USD");
        var cluster = amount(at.field("cluster").required(AMOUNT_ALLOWED));
        return Optional.of(new Price(currency.orElse(""), cluster.orElse(BigDecimal.ZERO), amount(at.field("node"))));
    }

    private static Optional<BigDecimal> amount(FieldReader at) {
        return at.text(AMOUNT, AMOUNT_ALLOWED).map(BigDecimal::new);
    }

    /**
     * What everything costs together, as far as the number of nodes is known.
     *
     * @param nodes empty if it is not known
     */
    String of(Optional<NodeCount> nodes) {
        if (node.isEmpty()) {
            return text(cluster);
        }
        return nodes.map(count -> count.min() == count.max()
                        ? text(sum(count.min()))
                        : sum(count.min()).toPlainString() + " to " + text(sum(count.max())))
                .orElseGet(() -> text(cluster) + " and " + text(node.get()) + " for each node");
    }

    private BigDecimal sum(int nodes) {
        return cluster.add(node.orElse(BigDecimal.ZERO).multiply(new BigDecimal(nodes)));
    }

    private String text(BigDecimal amount) {
        return amount.toPlainString() + " " + currency;
    }
}
