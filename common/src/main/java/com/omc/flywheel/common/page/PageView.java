package com.omc.flywheel.common.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A page as the template asks for it: under these names, one record for each of its parts. */
record PageView(
        String title,
        String subtitle,
        List<FactView> facts,
        List<Mark> key,
        List<SectionView> sections,
        String footer,
        String style) {

    static PageView of(Page page, String style) {
        return new PageView(
                page.title(),
                page.subtitle(),
                page.facts().stream().map(FactView::of).toList(),
                Stream.of(Tone.values())
                        .filter(tone -> tone != Tone.NEUTRAL)
                        .map(Mark::of)
                        .toList(),
                page.sections().stream().map(SectionView::of).toList(),
                page.footer(),
                style);
    }

    boolean hasFacts() {
        return !facts.isEmpty();
    }

    boolean hasSections() {
        return !sections.isEmpty();
    }

    private static String cssClass(Tone tone) {
        return tone.name().toLowerCase(Locale.ROOT);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A tone as a sign for the eye and a word for the ear; null for the tone that says nothing. */
    record Mark(String tone, String sign, String word) {
        static Mark of(Tone tone) {
            return switch (tone) {
                case NEUTRAL -> null;
                case GOOD -> new Mark(cssClass(tone), "\u2713", "good");
                case WARNING -> new Mark(cssClass(tone), "!", "warning");
                case BAD -> new Mark(cssClass(tone), "\u00d7", "problem");
                case UNKNOWN -> new Mark(cssClass(tone), "?", "not known");
            };
        }
    }

    record FactView(String label, String value, String tone, Mark mark) {
        static FactView of(Fact fact) {
            return new FactView(fact.label(), fact.value(), cssClass(fact.tone()), Mark.of(fact.tone()));
        }
    }

    record SectionView(String id, String title, String explanation, List<BlockView> blocks) {
        static SectionView of(Section section) {
            return new SectionView(
                    section.id(),
                    section.title(),
                    section.explanation(),
                    section.blocks().stream()
                            .map(block -> BlockView.of(section, block))
                            .toList());
        }
    }

    /** One of the four, the others null: a template has no other way to ask of what kind something is. */
    record BlockView(ParagraphView paragraph, GridView grid, BarsView bars, SharesView shares) {
        static BlockView of(Section section, Block block) {
            return new BlockView(
                    block instanceof Paragraph paragraph ? ParagraphView.of(paragraph) : null,
                    block instanceof Grid grid ? GridView.of(section.title(), grid) : null,
                    block instanceof Bars bars ? BarsView.of(bars) : null,
                    block instanceof Shares shares ? SharesView.of(shares) : null);
        }
    }

    record ParagraphView(String text, String tone, Mark mark) {
        static ParagraphView of(Paragraph paragraph) {
            return new ParagraphView(paragraph.text(), cssClass(paragraph.tone()), Mark.of(paragraph.tone()));
        }
    }

    record GridView(String name, String size, List<CellView> headings, List<RowView> rows, String whenEmpty) {
        static GridView of(String name, Grid grid) {
            int columns = grid.headings().size();
            int rows = grid.rows().size();
            // Where digits stand below each other the heading stands above them, and so does a word such as N/A.
            boolean[] numbers = new boolean[columns];
            for (List<Grid.Cell> row : grid.rows()) {
                for (int column = 0; column < columns; column++) {
                    numbers[column] |= row.get(column).isNumber();
                }
            }
            List<Grid.Cell> headings =
                    grid.headings().stream().map(Grid.Cell::of).toList();
            return new GridView(
                    name,
                    rows == 1 ? "1 row" : count(rows) + " rows",
                    CellView.of(headings, numbers),
                    grid.rows().stream()
                            .map(row -> new RowView(CellView.of(row, numbers)))
                            .toList(),
                    grid.whenEmpty());
        }

        boolean hasRows() {
            return !rows.isEmpty();
        }
    }

    record RowView(List<CellView> cells) {}

    /** @param isHeading whether it says what its row is about, as the first one does */
    record CellView(String text, String classes, Mark mark, boolean isHeading) {
        // A date or a number is not broken; a sentence is.
        private static final int SHORT = 20;

        private static List<CellView> of(List<Grid.Cell> cells, boolean[] numbers) {
            return IntStream.range(0, cells.size())
                    .mapToObj(column -> of(cells.get(column), numbers[column], column == 0))
                    .toList();
        }

        private static CellView of(Grid.Cell cell, boolean isNumber, boolean isHeading) {
            List<String> classes = new ArrayList<>();
            if (isNumber) {
                classes.add("number");
            }
            if (cell.text().length() <= SHORT) {
                classes.add("short");
            }
            if (cell.tone() != Tone.NEUTRAL) {
                classes.add(cssClass(cell.tone()));
            }
            return new CellView(cell.text(), String.join(" ", classes), Mark.of(cell.tone()), isHeading);
        }
    }

    /** @param limit null when there is none */
    record BarsView(String caption, LimitView limit, List<BarView> bars) {
        static BarsView of(Bars bars) {
            double end = Math.max(
                    bars.limit().orElse(0),
                    bars.bars().stream().mapToDouble(Bars.Bar::value).max().orElse(0));
            return new BarsView(
                    bars.caption(),
                    LimitView.of(bars.limit(), end),
                    bars.bars().stream().map(bar -> BarView.of(bar, end)).toList());
        }

        boolean hasBars() {
            return !bars.isEmpty();
        }

        private static String percentage(double value, double end) {
            return String.format(Locale.ROOT, "%.3f", end > 0 ? 100 * value / end : 0);
        }
    }

    /** @param side the side of the mark on which there is room for its text */
    record LimitView(String position, String side, String text) {
        private static LimitView of(OptionalDouble limit, double end) {
            if (limit.isEmpty()) {
                return null;
            }
            double value = limit.getAsDouble();
            String text = value == Math.rint(value) ? count(Math.round(value)) : String.valueOf(value);
            return new LimitView(BarsView.percentage(value, end), value > end / 2 ? "before" : "after", text);
        }
    }

    record BarView(String label, String width, String text, String tone, Mark mark) {
        private static BarView of(Bars.Bar bar, double end) {
            return new BarView(
                    bar.label(),
                    BarsView.percentage(bar.value(), end),
                    bar.text(),
                    cssClass(bar.tone()),
                    Mark.of(bar.tone()));
        }
    }

    /** @param parts those of the legend that the bar has room to show */
    record SharesView(String caption, String total, List<ShareView> parts, List<ShareView> legend) {
        static SharesView of(Shares shares) {
            long total = shares.shares().stream().mapToLong(Shares.Share::count).reduce(0, Math::addExact);
            List<ShareView> legend = IntStream.range(0, shares.shares().size())
                    .mapToObj(i -> ShareView.of(i + 1, shares.shares().get(i), total))
                    .toList();
            return new SharesView(
                    shares.caption(),
                    PageView.count(total),
                    legend.stream().filter(share -> !share.isZero()).toList(),
                    legend);
        }

        boolean hasParts() {
            return !parts.isEmpty();
        }
    }

    /**
     * One kind.
     *
     * @param number what finds it in the bar, since several kinds may have one tone
     * @param grow its weight in the bar
     */
    record ShareView(int number, String label, String count, long grow, String percent, String tone, Mark mark) {
        private static ShareView of(int number, Shares.Share share, long total) {
            return new ShareView(
                    number,
                    share.label(),
                    PageView.count(share.count()),
                    share.count(),
                    percent(share.count(), total),
                    cssClass(share.tone()),
                    Mark.of(share.tone()));
        }

        boolean isZero() {
            return grow == 0;
        }

        /** Whole per cent; what is neither nothing nor everything is not rounded to it. */
        private static String percent(long count, long total) {
            if (count == 0) {
                return "0%";
            }
            double percent = 100.0 * count / total;
            if (percent < 1) {
                return "<1%";
            }
            return percent > 99 && count < total ? ">99%" : Math.round(percent) + "%";
        }
    }
}
