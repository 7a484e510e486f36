package io.functionenvironment;

import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.fatal;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A platform can require its EnvironmentConfig: without it, nothing changes. */
class RequiredConfigTest {
    private static final Json.Obj AGENT = obj("apps", arr(obj("name", "podinfo")));

    private static Json.Obj requiring(boolean required) {
        return settings(obj("apps", arr(obj("name", "podinfo")), "requireEnvironmentConfig", required));
    }

    private static ObservedStateFake ready(Json.Obj settings) {
        return new ObservedStateFake(environment("a"), settings).steps(6);
    }

    @Test
    void withoutARequiredEnvironmentConfigNothingChanges() {
        var state = ready(requiring(true)).settings(Json.Obj.EMPTY);
        var response = state.call();
        assertTrue(fatal(response));
        assertEquals(List.of("EnvironmentConfig environment-settings"), invalid(response));
        assertEquals("TRUE Available", Fixtures.reason(response, "AppsReady"));
    }

    @Test
    void itIsRequiredUntilItSaysThatItIsNot() {
        var state = ready(requiring(true)).settings(requiring(false)).steps(1);
        assertFalse(fatal(state.settings(Json.Obj.EMPTY).call()));
    }

    @Test
    void withoutAnEnvironmentConfigThatIsNotRequiredTheDefaultsApply() {
        var state = ready(settings(AGENT)).settings(Json.Obj.EMPTY);
        state.step();
        assertEquals("Terminating ABOUT_TO_UNINSTALL", state.decision("app-podinfo"));
    }

    @Test
    void aFlagRequiresItForNewEnvironments() {
        var strict = new EnvironmentFunction(Registry.SHIPPED, true);
        assertTrue(fatal(new ObservedStateFake(strict, environment("a"), Json.Obj.EMPTY).call()));
        assertFalse(fatal(new ObservedStateFake(strict, environment("a"), settings(AGENT)).call()));
    }
}
