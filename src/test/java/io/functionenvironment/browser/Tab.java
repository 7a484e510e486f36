package io.functionenvironment.browser;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A tab of a browser, with what a person does in it. */
public final class Tab {
    private final Connection connection;
    private final Optional<String> session;

    private Tab(Connection connection, String session) {
        this.connection = connection;
        this.session = Optional.of(session);
    }

    static Tab open(Connection connection) {
        var target = connection.send(Optional.empty(), "Target.createTarget", field("url", "about:blank"));
        var attached = connection.send(
                Optional.empty(),
                "Target.attachToTarget",
                field("targetId", target.text("targetId").orElseThrow()),
                field("flatten", true));
        var tab = new Tab(connection, attached.text("sessionId").orElseThrow());
        // A tab in the background gets no input.
        tab.send("Emulation.setFocusEmulationEnabled", field("enabled", true));
        return tab;
    }

    private Json send(String method, Json.Field... parameters) {
        return connection.send(session, method, parameters);
    }

    /** Opens a page and waits until it is loaded with its scripts. */
    public void open(String address) {
        show();
        send("Page.navigate", field("url", address));
        evaluate("""
                new Promise(resolve => document.readyState === 'complete' && location.href !== 'about:blank' ? resolve()
                  : addEventListener('load', resolve))""");
    }

    /** Brings it to the front. */
    public void show() {
        send("Page.bringToFront");
    }

    /** The value of an expression in the page, after its promise is resolved. */
    public Json evaluate(String expression) {
        var result = send(
                "Runtime.evaluate",
                field("expression", expression),
                field("awaitPromise", true),
                field("returnByValue", true),
                field("userGesture", true));
        if (result.at("exceptionDetails").isPresent()) {
            throw new IllegalStateException(expression + ": " + Yaml.text(result.object("exceptionDetails")));
        }
        return result.at("result", "value").orElse(new Json.Null());
    }

    public String text(String expression) {
        return evaluate(expression) instanceof Json.Text(var value) ? value : "";
    }

    /** Text as from a keyboard or the clipboard, at the focus. */
    public void type(String text) {
        send("Input.insertText", field("text", text));
    }

    /** A key, such as Tab, Enter or a letter. */
    public void press(String key, int code) {
        var typed = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        for (var type : List.of(typed.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    field("type", type),
                    field("key", key),
                    field("code", key),
                    field("windowsVirtualKeyCode", code),
                    field("text", type.equals("keyDown") ? typed : ""));
        }
    }

    /** The size of the screen, and whether it is one of a phone. */
    public void screen(int width, int height, boolean phone) {
        send(
                "Emulation.setDeviceMetricsOverride",
                field("width", width),
                field("height", height),
                field("deviceScaleFactor", 1),
                field("mobile", phone));
    }

    public void prefer(boolean dark) {
        send(
                "Emulation.setEmulatedMedia",
                field(
                        "features",
                        List.of(obj(field("name", "prefers-color-scheme"), field("value", dark ? "dark" : "light")))));
    }

    /** What is visible, as PNG. */
    public byte[] screenshot() {
        var data = send("Page.captureScreenshot", field("format", "png")).text("data");
        return Base64.getDecoder().decode(data.orElseThrow());
    }
}
