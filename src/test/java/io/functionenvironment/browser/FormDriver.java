package io.functionenvironment.browser;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.util.List;
import java.util.stream.Stream;

/** Fills the form of a catalog page as a person does: through its controls, one after the other. */
public final class FormDriver {
    private static final int TAB = 9;

    private final Tab tab;

    public FormDriver(Tab tab) {
        this.tab = tab;
    }

    /** Empties the form. */
    public void reset() {
        tab.evaluate("document.querySelector('button.secondary').click()");
    }

    /** Fills the fields of a manifest. */
    public void fill(Json.Obj manifest) {
        for (var part : List.of("metadata", "spec")) {
            manifest.object(part).fields().forEach((key, value) -> fill(part + "." + key, value));
        }
    }

    /** Fills the field at a path. */
    public void fill(String path, Json value) {
        switch (kind(path)) {
            case "object" -> {
                open(path);
                ((Json.Obj) value).fields().forEach((key, field) -> fill(path + "." + key, field));
            }
            case "list" -> {
                var items = ((Json.Arr) value).items();
                for (var i = 0; i < items.size(); i++) {
                    press(path, "add");
                    fill(path + "[" + i + "]", items.get(i));
                }
            }
            case "map" ->
                ((Json.Obj) value).fields().forEach((key, field) -> {
                    press(path, "add");
                    tab.type(key);
                    tab.press("Tab", TAB);
                    fill(path + "." + key, field);
                });
            case "yaml" -> write(path, Yaml.text(value));
            case "choice" -> choose(path, plain(value));
            case "text" -> write(path, plain(value));
            default -> throw new IllegalStateException("the form has no control for " + path);
        }
    }

    private String kind(String path) {
        return tab.text(part(path) + """
                ?.matches('details, fieldset.item') ? 'object'
                : (part => !part ? 'none'
                  : part.matches('fieldset') ? (part.querySelector(':scope > button.add').textContent.includes(' key ') ? 'map' : 'list')
                  : part.querySelector(':scope > textarea.code') ? 'yaml'
                  : part.querySelector(':scope > select') ? 'choice' : 'text')(%s)""".formatted(part(path)));
    }

    private static String part(String path) {
        return "[...document.querySelectorAll('[data-path]')].find(part => part.dataset.path === " + quoted(path) + ")";
    }

    private static String quoted(String text) {
        return Yaml.compact(new Json.Text(text));
    }

    private void open(String path) {
        tab.evaluate("{ const part = " + part(path) + "; if ('open' in part) part.open = true }");
        // What it contains is there after the event.
        tab.evaluate("new Promise(resolve => setTimeout(resolve))");
    }

    private void press(String path, String button) {
        reveal(path);
        tab.evaluate(part(path) + ".querySelector(':scope > button." + button + "').click()");
    }

    private void write(String path, String text) {
        reveal(path);
        tab.evaluate(part(path) + ".querySelector(':scope > input, :scope > textarea').focus()");
        tab.type(text);
    }

    private void reveal(String path) {
        tab.evaluate("for (let part = " + part(path)
                + "; part; part = part.parentElement) if (part.tagName === 'DETAILS') part.open = true");
    }

    private void choose(String path, String option) {
        reveal(path);
        tab.evaluate("""
                { const select = %s.querySelector(':scope > select');
                  select.value = [...select.options].find(option => option.textContent === %s).value;
                  select.dispatchEvent(new Event('change', { bubbles: true })) }""".formatted(part(path), quoted(option)));
    }

    private static String plain(Json value) {
        return value instanceof Json.Text(var text) ? text : Yaml.text(value).strip();
    }

    /** Writes a manifest into the field for its text. */
    public void paste(String manifest) {
        tab.evaluate("{ const text = document.getElementById('manifest'); text.focus(); text.select() }");
        tab.type(manifest);
    }

    public String manifest() {
        return tab.text("document.getElementById('manifest').value");
    }

    /** The problems in the list, each with its path. */
    public List<String> problems() {
        var found = tab.evaluate("[...document.querySelectorAll('#problems > li')].map(entry => entry.textContent)");
        return texts(found).toList();
    }

    /** The problems beside the controls, each with the path of the control. */
    public List<String> problemsAtControls() {
        var found = tab.evaluate("""
                [...document.querySelectorAll('#fields-of-form [data-path] > .problem')].filter(line => line.textContent)
                  .map(line => `${line.parentElement.dataset.path}: ${line.textContent}`)""");
        return texts(found).toList();
    }

    public boolean isValid() {
        return tab.text("document.getElementById('problem-count').className").equals("valid");
    }

    private static Stream<String> texts(Json list) {
        return ((Json.Arr) list).items().stream().map(item -> ((Json.Text) item).value());
    }
}
