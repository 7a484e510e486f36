package io.functionenvironment.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The value of a plain scalar, as go-yaml 2 resolves it, which kubectl uses: YAML 1.1 without base 60, and with timestamps as
 * text ({@code goyaml.v2/resolve.go}).
 */
final class YamlScalar {
    /** Longer numbers are larger than any that is read, and take long to convert. */
    private static final int LONGEST = 1100;

    /** From this exponent on, Go writes a number with an exponent. */
    private static final int MAX_PLAIN_EXPONENT = 6;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(0[bB][01]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)");

    private YamlScalar() {}

    static boolean isText(String plain) {
        return of(plain) instanceof Json.Text;
    }

    /** The value; not a number for an infinite one, which JSON does not have. */
    static Json of(String plain) {
        if (NULLS.contains(plain)) {
            return new Json.Null();
        }
        if (TRUE.contains(plain)) {
            return new Json.Bool(true);
        }
        if (FALSE.contains(plain)) {
            return new Json.Bool(false);
        }
        if (plain.startsWith("_")) {
            return new Json.Text(plain);
        }
        var digits = plain.replace("_", "");
        var integer = INTEGER.matcher(digits);
        if (digits.length() <= LONGEST && integer.matches()) {
            var number = integer(integer.group(2).toLowerCase(Locale.ROOT));
            var decimal = !integer.group(2).startsWith("0");
            return number.bitLength() > (decimal ? Double.MAX_EXPONENT : Long.SIZE)
                    ? new Json.Text(plain)
                    : new Json.Num((integer.group(1).equals("-") ? number.negate() : number).doubleValue());
        }
        if (INFINITE.matcher(plain).matches()) {
            return new Json.Num(Double.NaN);
        }
        if (!FLOAT.matcher(digits).matches() || plain.startsWith("._")) {
            return new Json.Text(plain);
        }
        var number = Double.parseDouble(digits);
        return Double.isFinite(number) ? new Json.Num(number) : new Json.Text(plain);
    }

    private static BigInteger integer(String digits) {
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), 16);
        }
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        if (digits.startsWith("0o")) {
            return new BigInteger(digits.substring(2), 8);
        }
        return digits.startsWith("0") && digits.length() > 1
                ? new BigInteger(digits.substring(1), 8)
                : new BigInteger(digits);
    }

    /**
     * A number as kubectl writes it where it is a key: an integer as it is, and a fraction as the shortest text for its 32-bit
     * value (sigs.k8s.io/yaml, {@code yaml.go}), so that 1.40 is the key 1.4.
     */
    static String key(String text, double number) {
        if (INTEGER.matcher(text).matches()) {
            return number == Math.rint(number) && Math.abs(number) < 1L << 53 ? String.valueOf((long) number) : text;
        }
        var shortest = new BigDecimal(Float.toString((float) number)).stripTrailingZeros();
        var exponent = shortest.precision() - shortest.scale() - 1;
        if (shortest.signum() == 0 || (exponent >= -4 && exponent < MAX_PLAIN_EXPONENT)) {
            return shortest.toPlainString();
        }
        var digits = shortest.unscaledValue().abs().toString();
        return "%s%s%se%s%02d"
                .formatted(
                        shortest.signum() < 0 ? "-" : "",
                        digits.charAt(0),
                        digits.length() > 1 ? "." + digits.substring(1) : "",
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }
}
