package com.omc.flywheel.common.page;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A {@link Page} as one HTML file that needs nothing else: no network, no script, no font of its own.
 *
 * <p>It is HTML5 and well-formed XML at once. Every text of the page is escaped: names come from a catalog and may hold
 * anything. What it looks like, on a screen in light and dark and on paper, is in {@code page.css} beside the template.
 */
public final class HtmlPage {
    // HTML and XML allow no control characters but the ends of lines and the tab.
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\uFFFE\\uFFFF]");

    private HtmlPage() {}

    /** The file's text; to be stored as UTF-8. Throws IllegalArgumentException for two sections of one id. */
    public static String render(Page page) {
        Set<String> ids = new HashSet<>();
        for (Section section : page.sections()) {
            if (!ids.add(section.id())) {
                throw new IllegalArgumentException("two sections have the id \"%s\"".formatted(section.id()));
            }
        }
        return Mustache.compiler()
                .emptyStringIsFalse(true)
                .withEscaper(text -> Escapers.HTML.escape(CONTROL.matcher(text).replaceAll("\uFFFD")))
                .withLoader(HtmlPage::template)
                .compile(template("page"))
                .execute(PageView.of(page, resource("page.css")));
    }

    private static Reader template(String name) {
        return new StringReader(resource(name + ".mustache"));
    }

    private static String resource(String name) {
        try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "the jar has no %s beside %s".formatted(name, HtmlPage.class.getName()));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
