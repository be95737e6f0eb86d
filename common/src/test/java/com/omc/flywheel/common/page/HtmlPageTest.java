package com.omc.flywheel.common.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

class HtmlPageTest {
    private static final String HOSTILE = "</style></td><script>alert(\"1\")</script>&amp;{{title}}'`=\u0001";
    private static final String HARMLESS = HOSTILE.replace('\u0001', '\uFFFD');

    @Test
    void isWellFormedWithEveryTextAsItWasGiven() {
        String html = HtmlPage.render(new Page(
                HOSTILE + 1,
                HOSTILE + 2,
                List.of(new Fact(HOSTILE + 3, HOSTILE + 4, Tone.BAD)),
                List.of(new Section(
                        "all",
                        HOSTILE + 5,
                        HOSTILE + 6,
                        new Paragraph(HOSTILE + 7, Tone.GOOD),
                        grid(HOSTILE + 8, HOSTILE + 9),
                        new Grid(List.of(HOSTILE + 10), List.of(), HOSTILE + 11),
                        new Bars(
                                HOSTILE + 12,
                                List.of(new Bars.Bar(HOSTILE + 13, 1, HOSTILE + 14, Tone.WARNING)),
                                OptionalDouble.of(2)),
                        new Shares(HOSTILE + 15, List.of(new Shares.Share(HOSTILE + 16, 1, Tone.UNKNOWN))))),
                HOSTILE + 17));

        assertThat(html).doesNotContain("<script").containsOnlyOnce("</style>");
        // Of a table without rows nobody sees the headings.
        assertThat(Stream.iterate(1, number -> number + 1).limit(17).filter(number -> number != 10))
                .allSatisfy(number -> assertThat(texts(parse(html), "//text()"))
                        .anyMatch(text -> text.matches(".*" + Pattern.quote(HARMLESS + number) + "(\\D.*)?")));
        assertThat(texts(parse(html), "//script")).isEmpty();
        assertThat(texts(parse(html), "//@aria-label")).contains(HARMLESS + 5);
    }

    @Test
    void needsNothingFromElsewhere() {
        String html = HtmlPage.render(samplePage());

        assertThat(html)
                .doesNotContainIgnoringCase("http://")
                .doesNotContainIgnoringCase("https://")
                .doesNotContainIgnoringCase("src=")
                .doesNotContainIgnoringCase("@import")
                .doesNotContainIgnoringCase("url(")
                .doesNotContainIgnoringCase("<script")
                .doesNotContainIgnoringCase("<link")
                .doesNotContain("${");
        assertThat(texts(parse(html), "//@href")).allMatch(target -> target.startsWith("#"));
        assertThat(texts(parse(html), "//@*[starts-with(name(), 'on')]")).isEmpty();
    }

    @Test
    void forbidsTheBrowserToFetchOrRunAnything() {
        assertThat(texts(
                        parse(HtmlPage.render(samplePage())),
                        "/html/head/meta[@http-equiv='Content-Security-Policy']/@content"))
                .containsExactly("default-src 'none'; style-src 'unsafe-inline'");
    }

    @Test
    void linksEverySection() {
        Document html = parse(HtmlPage.render(samplePage()));

        assertThat(texts(html, "//nav//a/@href"))
                .containsExactlyElementsOf(texts(html, "//section/@id").stream()
                        .map(id -> "#" + id)
                        .toList())
                .hasSize(samplePage().sections().size());
        assertThat(texts(html, "//nav//a")).isEqualTo(texts(html, "//section/h2"));
    }

    @Test
    void refusesSectionsThatNoLinkCouldTellApart() {
        Section section = new Section("tables", "Tables", "");

        assertThatThrownBy(() -> HtmlPage.render(new Page("", "", List.of(), List.of(section, section), "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two sections have the id \"tables\"");
    }

    @ParameterizedTest
    @CsvSource({"GOOD,\u2713,good", "WARNING,!,warning", "BAD,\u00d7,problem", "UNKNOWN,?,not known"})
    void saysEveryToneByASignAndAWord(Tone tone, String sign, String word) {
        Document html = parse(HtmlPage.render(toned(tone)));

        for (String place : List.of(
                "//dd",
                "//p[@class='note %s']",
                "//td",
                "//span[@class='amount']",
                "//ul[@class='legend']/li/span[2]")) {
            String found = place.formatted(tone.name().toLowerCase(Locale.ROOT));
            assertThat(texts(html, found + "/span[starts-with(@class, 'sign ')]"))
                    .as(found)
                    .containsExactly(sign);
            assertThat(texts(html, found + "/span[@class='said']")).as(found).containsExactly(word + ": ");
        }
        assertThat(texts(html, "//p[@class='key']/span")).contains(sign + word);
    }

    @Test
    void saysNothingOfWhatIsNeitherGoodNorBad() {
        Document html = parse(HtmlPage.render(toned(Tone.NEUTRAL)));

        assertThat(texts(html, "//*[@class='said']")).containsExactly("Title, ");
        assertThat(texts(html, "//td")).containsExactly("text");
    }

    @Test
    void namesRowsAndColumnsOfATable() {
        Document html = parse(HtmlPage.render(page(new Grid(
                List.of("Table", "Rows"),
                List.of(
                        List.of(Grid.Cell.of("IBE_01"), Grid.Cell.of(1234567)),
                        List.of(Grid.Cell.of("IBE_02"), Grid.Cell.of("N/A", Tone.UNKNOWN))),
                ""))));

        assertThat(texts(html, "//thead/tr/th[@scope='col']")).containsExactly("Table", "Rows");
        assertThat(texts(html, "//tbody/tr/th[@scope='row']")).containsExactly("IBE_01", "IBE_02");
        assertThat(texts(html, "//*[starts-with(@class, 'number')]"))
                .containsExactly("Rows", "1,234,567", "?not known: N/A");
        assertThat(texts(html, "//caption")).containsExactly("Title, 2 rows");
        assertThat(texts(html, "//div[@class='scroll'][@tabindex='0']/@aria-label"))
                .containsExactly("Title");
    }

    @Test
    void keepsTheLinesOfACell() {
        assertThat(texts(parse(HtmlPage.render(page(grid("Note", "one\n  two")))), "//tbody//th"))
                .containsExactly("one\n  two");
    }

    @Test
    void saysWhyATableIsEmpty() {
        Document html = parse(HtmlPage.render(page(new Grid(List.of("Table"), List.of(), "No table is late."))));

        assertThat(texts(html, "//p[@class='empty']")).containsExactly("No table is late.");
        assertThat(texts(html, "//table")).isEmpty();
    }

    @Test
    void marksTheLimitAndNamesIt() {
        Document html = parse(HtmlPage.render(page(bars(OptionalDouble.of(1000), 500, 1250))));

        assertThat(texts(html, "//figure/@style")).containsExactly("--limit: 80.000%");
        assertThat(texts(html, "//p[@class='limit before']")).containsExactly("limit 1,000");
        assertThat(texts(html, "//span[starts-with(@class, 'bar ')]/@style"))
                .containsExactly("width: 40.000%", "width: 100.000%");
        assertThat(texts(html, "//li/span[@class='label']")).containsExactly("label", "label");
        assertThat(texts(html, "//li/span[@class='amount']")).containsExactly("500.0 of them", "1250.0 of them");
    }

    @Test
    void writesTheNameOfALimitWhereThereIsRoom() {
        assertThat(texts(parse(HtmlPage.render(page(bars(OptionalDouble.of(0.5), 10)))), "//p[@class='limit after']"))
                .containsExactly("limit 0.5");
    }

    @Test
    void marksNoLimitWhereThereIsNone() {
        String html = HtmlPage.render(page(bars(OptionalDouble.empty(), 1)));

        assertThat(texts(parse(html), "//figure/@style")).isEmpty();
        assertThat(texts(parse(html), "//p[starts-with(@class, 'limit')]")).isEmpty();
    }

    @Test
    void drawsNoBarOfNothing() {
        assertThat(texts(
                        parse(HtmlPage.render(page(bars(OptionalDouble.empty(), 0, 0)))),
                        "//span[starts-with(@class, 'bar ')]/@style"))
                .containsExactly("width: 0.000%", "width: 0.000%");
        assertThat(texts(parse(HtmlPage.render(page(bars(OptionalDouble.of(5))))), "//figure/p[@class='empty']"))
                .containsExactly("Nothing to show.");
    }

    @Test
    void leavesAShareOfNothingOutOfTheBarAndNotOfTheLegend() {
        Document html = parse(HtmlPage.render(page(shares(1500, 0, 500))));

        assertThat(texts(html, "//figcaption")).containsExactly("caption: 2,000 in all");
        assertThat(texts(html, "//div[@class='whole']/span")).containsExactly("1", "3");
        assertThat(texts(html, "//div[@class='whole']/span/@style"))
                .containsExactly("flex-grow: 1500", "flex-grow: 500");
        assertThat(texts(html, "//ul[@class='legend']/li"))
                .containsExactly("1label 1,500 75%", "2label 0 0%", "3label 500 25%");
        assertThat(texts(html, "//ul[@class='legend']/li[@class='zero']")).containsExactly("2label 0 0%");
    }

    @Test
    void roundsNeitherToNothingNorToEverything() {
        assertThat(texts(
                        parse(HtmlPage.render(page(shares(1, 99_999)))),
                        "//ul[@class='legend']/li/span[@class='percent']"))
                .containsExactly("<1%", ">99%");
        assertThat(texts(parse(HtmlPage.render(page(shares(7)))), "//ul[@class='legend']/li/span[@class='percent']"))
                .containsExactly("100%");
    }

    @Test
    void hasNoBarWhereNothingIsCounted() {
        Document html = parse(HtmlPage.render(page(shares(0, 0))));

        assertThat(texts(html, "//div[@class='whole']")).isEmpty();
        assertThat(texts(html, "//ul[@class='legend']/li")).hasSize(2);
    }

    @Test
    void leavesOutWhatThePageDoesNotSay() {
        Document html = parse(HtmlPage.render(new Page("Title", "", List.of(), List.of(), "")));

        assertThat(texts(html, "//nav|//dl|//footer|//header/p")).isEmpty();
        assertThat(texts(html, "//h1|//title")).containsExactly("Title", "Title");
    }

    @Test
    void isTheSameForTheSamePage() {
        assertThat(HtmlPage.render(samplePage())).isEqualTo(HtmlPage.render(samplePage()));
    }

    /** WCAG 2.1, 1.4.3 (AA): text has at least 4.5 times the luminance of what it stands on, or the reverse. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void isReadableInBothSchemes(String scheme) {
        Map<String, String> colours = colours(scheme.equals("dark"));

        for (String ground : List.of("paper", "raised")) {
            for (String text : List.of("ink", "muted", "neutral", "good", "warning", "bad", "unknown")) {
                assertThat(contrast(colours.get(text), colours.get(ground)))
                        .as("%s: %s on %s", scheme, text, ground)
                        .isGreaterThanOrEqualTo(4.5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasAColourForEveryTone(Tone tone) {
        assertThat(colours(false)).containsKey(tone.name().toLowerCase(Locale.ROOT));
    }

    private static Page samplePage() {
        return SamplePages.monitor();
    }

    private static Page toned(Tone tone) {
        return new Page(
                "Title",
                "",
                List.of(new Fact("label", "value", tone)),
                List.of(new Section(
                        "all",
                        "Title",
                        "",
                        new Paragraph("text", tone),
                        new Grid(
                                List.of("a", "b"),
                                List.of(List.of(Grid.Cell.of("row"), Grid.Cell.of("text", tone))),
                                ""),
                        new Bars("caption", List.of(new Bars.Bar("label", 1, "text", tone)), OptionalDouble.empty()),
                        new Shares("caption", List.of(new Shares.Share("label", 1, tone))))),
                "");
    }

    private static Page page(Block block) {
        return new Page("Title", "", List.of(), List.of(new Section("all", "Title", "", block)), "");
    }

    private static Grid grid(String heading, String cell) {
        return new Grid(List.of(heading), List.of(List.of(Grid.Cell.of(cell))), "");
    }

    private static Bars bars(OptionalDouble limit, double... values) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (double value : values) {
            bars.add(new Bars.Bar("label", value, value + " of them", Tone.NEUTRAL));
        }
        return new Bars("caption", bars, limit);
    }

    private static Shares shares(long... counts) {
        List<Shares.Share> shares = new ArrayList<>();
        for (long count : counts) {
            shares.add(new Shares.Share("label", count, Tone.NEUTRAL));
        }
        return new Shares("caption", shares);
    }

    /** Parses the page as XML, which takes nothing that is not well-formed. */
    private static Document parse(String html) {
        try {
            DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler() {
                @Override
                public void fatalError(SAXParseException e) throws SAXException {
                    throw e;
                }
            });
            return parser.parse(new InputSource(new StringReader(html)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(html, e);
        }
    }

    private static List<String> texts(Document html, String path) {
        try {
            NodeList nodes =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, html, XPathConstants.NODESET);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                Node node = nodes.item(i);
                texts.add(node.getTextContent());
            }
            return texts;
        } catch (XPathExpressionException e) {
            throw new AssertionError(path, e);
        }
    }

    private static Map<String, String> colours(boolean dark) {
        String css = css();
        int darkBegins = css.indexOf("@media screen and (prefers-color-scheme: dark)");
        Map<String, String> colours = new HashMap<>();
        Matcher colour = Pattern.compile("--([a-z]+): #([0-9a-f]{6});").matcher(css);
        int printBegins = css.indexOf("@media print");
        while (colour.find() && colour.start() < printBegins) {
            if (dark || colour.start() < darkBegins) {
                colours.put(colour.group(1), colour.group(2));
            }
        }
        return Collections.unmodifiableMap(colours);
    }

    private static String css() {
        try (InputStream stream = HtmlPage.class.getResourceAsStream("page.css")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(2 * i, 2 * i + 2), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
