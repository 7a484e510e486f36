package io.functionenvironment.json;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing that people read can change how a terminal shows it. */
class PrintableTest {
    @Test
    void escapesAndChangesOfDirectionAreReplaced() {
        assertEquals("?[2Jred?[0m ? ? ?", Printable.of("\u001b[2Jred\u001b[0m \u202e \ud83d \u009b"));
        assertEquals("two\nlines, a tab and 名前🙂", Printable.of("two\r\nlines,\ta tab and 名前🙂"));
        assertEquals(obj("a", arr("?", 1)), Printable.of(obj("a", arr("\u0007", 1))));
    }

    @Test
    void errorsAreOnOneLineUpToTheirMessage() {
        assertEquals("spec.a? b: is \"?\"", new FieldError("spec.a\u001b\nb", "is \"\u001b\"").toString());
    }

    @Test
    void valuesThatNestTooDeeplyHaveAnErrorWithTheirPath() {
        Json value = new Json.Text("end");
        for (var i = 0; i < 101; i++) {
            value = obj("deeper", value);
        }
        var errors = new FieldErrors();
        Nesting.check(FieldReader.at("spec.apps[0].values", Optional.of(value), errors));
        assertEquals("spec.apps[0].values", errors.list().getFirst().path());
    }

    @Test
    void onlyTheFirstErrorsOfMillionsAreKept() {
        var errors = new FieldErrors();
        for (var i = 0; i < 100_000; i++) {
            errors.add("a", "is wrong");
        }
        assertEquals("100000 1000", errors.size() + " " + errors.list().size());
    }
}
