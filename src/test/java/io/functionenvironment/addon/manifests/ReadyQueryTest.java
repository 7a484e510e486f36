package io.functionenvironment.addon.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that an admitted expression takes is a small multiple of that of reading the object. */
class ReadyQueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "has(object.status.readyReplicas) && object.status.readyReplicas > 0",
                "object.status.conditions.exists(c, c.type == 'Ready' && c.status == \"True\")",
                "has(object.status) && has(object.status.items) && object.status.items.all(i, i.ready)",
                "object.status.items.exists( i , !(i.a == 1 || i.b in ['x', 'y']) && has(i.c) && i.c.startsWith('z') )",
                "object.status.phase == 'Bound' || size(object.status.items) == 3 || object.status.items.size() > 4",
                "object.status.observedGeneration == object.metadata.generation && object.status.ready == true",
                "object.status.ready >= object.spec.least && object.status.ready <= object.spec.most",
                "object.status.phase in ['Bound', 'Active'] && !('example.org/x' in object.metadata.finalizers)",
                "object.metadata.annotations['example.org/a'] != null && object.spec.ports[0].port == -1.5",
                "object.spec.host.endsWith('.org')\n  && object.spec.host.contains('a || b + object.matches(')",
                "'x' != object.spec.all && 2 < object.spec.exists && object.spec.matches == 1 && true"
            })
    void ordinaryExpressionsAreAdmitted(String query) {
        assertEquals(Optional.empty(), ReadyQuery.problem(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "object.data.a.matches(object.data.p)",
                "object.data.a.matches('(.{0,10}){100}')",
                "matches(object.data.a, 'x')",
                "[object.data.a + object.data.a].all(x, (x + x) != '')",
                "object.data.a + object.data.a != ''",
                "object.data.all(a, object.data.all(b, object.data.all(c, a != 'x')))",
                "object.data.all(a, a.all(b, b != 'x'))",
                "[1, 2].all(a, [1, 2].all(b, a != b))",
                "object.data.map(a, a).filter(b, b != 'x').exists_one(c, c == 'y')",
                "size(object.data.map(a, a)) == 1",
                "object.data. // a comment\nall (a, object.data . exists\n(b, a == b))",
                "object.data.all(a, object.data == object.data)",
                "object.data.all(a, ')' != a || object == object)",
                "object.data.all(a, a != 'x') && object == object",
                "object.data.all(a, a != 'x') && a == 'x'",
                "object.data.all(object, object.data.all(b, b != 'x'))",
                "object == object && object == object",
                "object.data.all(a, a == a)",
                "object.data.all(a, a in a.b)",
                "object.data.all(a, a==1&&a==1&&a==1&&a==1&&a==1&&a==1&&a==1&&a==1&&a==1)",
                "object.data.all(a, !!!!!!!!a)",
                "object.data.all(a, a in [1, 2, 3, 4, 5, 6, 7, 8])",
                "object.data.a.contains(object.data.b)",
                "object.data.a.contains('a' + object.data.b)",
                "object.data.a.replace('a', 'aa') == ''",
                "{'a': object}.a == object",
                "[object, object] == [object, object]",
                "object.a ? object.b : object.c",
                "object.data[object.data.a] == 'x'",
                "object.data.a == r'x' || object.data.a == '\\u0000'",
                "object.data.a == ''' + object.data.a.matches(object.data.p) + '''",
                "string(object) == ''",
                "has(object.a) == true",
                "other.a == 1",
                "object.a == 1 && ",
                "object.a == 1)",
                "((((((((((((((((( object.a == 1 )))))))))))))))))"
            })
    void allOthersAreNot(String query) {
        assertTrue(ReadyQuery.problem(query).isPresent());
    }

    @Test
    void theErrorShowsWhereItIsAndWhatIsAllowed() {
        var allowed =
                "; allowed are comparisons of fields of object with texts without backslashes, numbers, true, false, null or a"
                        + " list of these, has(), size(), startsWith(), endsWith() and contains() of a text, one exists() or all() over a"
                        + " field, !, &&, || and parentheses; or use readyCondition";
        assertEquals(
                Optional.of("calls \"matches()\", which is not allowed" + allowed),
                ReadyQuery.problem("object.data.a.matches('x')"));
        assertEquals(
                Optional.of("has \"+\" at character 10, which is not allowed there" + allowed),
                ReadyQuery.problem("object.a + 'x' != ''"));
        assertEquals(Optional.of("ends where something has to follow" + allowed), ReadyQuery.problem("object.a == "));
    }
}
