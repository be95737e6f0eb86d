package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.cleanrooms.Association;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.Member;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.cleanrooms.SchemaSummary;
import com.omc.flywheel.common.collaboration.Readiness.SaidBy;
import com.omc.flywheel.common.collaboration.Readiness.Verdict;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.page.Bars;
import com.omc.flywheel.common.page.Block;
import com.omc.flywheel.common.page.Fact;
import com.omc.flywheel.common.page.Grid;
import com.omc.flywheel.common.page.Grid.Cell;
import com.omc.flywheel.common.page.Page;
import com.omc.flywheel.common.page.Paragraph;
import com.omc.flywheel.common.page.Section;
import com.omc.flywheel.common.page.Shares;
import com.omc.flywheel.common.page.Tone;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The report for people: one section for each question that they come with. */
final class CollaborationPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final CollaborationReport report;
    private final CollaborationState state;
    private final AccountLabels labels;

    CollaborationPage(CollaborationReport report, AccountLabels labels) {
        this.report = report;
        this.state = report.state();
        this.labels = labels;
    }

    Page render(List<Change> changes) {
        List<Section> sections = new ArrayList<>();
        if (!state.unread().isEmpty()) {
            sections.add(unread());
        }
        sections.add(readiness());
        sections.add(findings());
        sections.add(changes(changes));
        sections.add(columns());
        sections.add(quotas());
        sections.add(tables());
        sections.add(rules());
        sections.add(accounts());
        sections.add(new IdentitySection(report).render());
        return new Page(
                "Clean Rooms: " + Cells.text(state.membership(), Membership::collaborationName),
                "%s, membership %s, tables %s* of the database %s"
                        .formatted(
                                TIME.format(report.at()),
                                report.scope().membershipId(),
                                report.scope().prefix(),
                                report.scope().database()),
                facts(),
                sections,
                "From the AWS Glue Data Catalog, AWS Clean Rooms and AWS Entity Resolution by their APIs; no row of any table was read.");
    }

    private List<Fact> facts() {
        long notReady = report.count(Verdict.NOT_READY);
        long unknown = report.count(Verdict.UNKNOWN);
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact(
                        "tables ready",
                        "%d of %d"
                                .formatted(
                                        report.count(Verdict.READY),
                                        report.tables().size()),
                        Tone.NEUTRAL),
                new Fact("not ready", Long.toString(notReady), notReady == 0 ? allClear() : Tone.BAD)));
        if (unknown > 0) {
            facts.add(new Fact("not known", Long.toString(unknown), Tone.UNKNOWN));
        }
        facts.add(count("associations", state.associations()));
        facts.add(count("configured tables", state.configured()));
        facts.add(count("members", state.members()));
        facts.add(new Fact(
                "to look at",
                Integer.toString(report.findings().size()),
                report.findings().stream()
                        .map(Finding::tone)
                        .max(Tone::compareTo)
                        .orElse(allClear())));
        if (!state.unread().isEmpty()) {
            facts.add(new Fact(
                    "could not be read", Integer.toString(state.unread().size()), Tone.UNKNOWN));
        }
        return facts;
    }

    /** What is found nowhere is nowhere only when everything was read. */
    private Tone allClear() {
        return state.unread().isEmpty() ? Tone.GOOD : Tone.UNKNOWN;
    }

    private static Fact count(String label, Answer<? extends Collection<?>> answer) {
        return answer.value()
                .map(all -> new Fact(label, Integer.toString(all.size()), Tone.NEUTRAL))
                .orElseGet(() -> new Fact(label, Cells.UNREAD, Tone.UNKNOWN));
    }

    private Section unread() {
        return new Section(
                "not-read",
                "What could not be read",
                "These calls failed; what depends on them is marked so below, and is not absent.",
                new Grid(
                        List.of("what", "why"),
                        state.unread().stream()
                                .map(one -> List.of(
                                        Cell.of(one.what(), Tone.UNKNOWN),
                                        Cell.of(one.failure().getMessage())))
                                .toList(),
                        "Everything was read."));
    }

    private Section readiness() {
        List<List<Cell>> rows = new ArrayList<>();
        for (TableReport table : report.tables()) {
            Readiness readiness = table.readiness();
            rows.add(List.of(
                    Cell.of(table.name()),
                    Cells.verdict(readiness.verdict()),
                    Cell.of(saidBy(readiness)),
                    Cell.of(Cells.lines(readiness.missing(), Missing::what)),
                    Cell.of(Cells.lines(readiness.missing(), Missing::call))));
        }
        return new Section(
                "readiness",
                "Which tables can be asked, and what keeps the others from it",
                "The collaboration's own word counts where it gives one: the status of the table for direct analysis.",
                new Shares(
                        "Tables by readiness",
                        List.of(
                                new Shares.Share("ready", report.count(Verdict.READY), Tone.GOOD),
                                new Shares.Share("not ready", report.count(Verdict.NOT_READY), Tone.BAD),
                                new Shares.Share("not known", report.count(Verdict.UNKNOWN), Tone.UNKNOWN))),
                new Grid(
                        List.of("table", "ready", "said by", "missing", "the call that would mend it"),
                        rows,
                        state.glue().isKnown() && state.configured().isKnown()
                                ? "No table of this prefix is in the catalog or configured."
                                : "The tables could not be read."));
    }

    private static String saidBy(Readiness readiness) {
        String by = readiness.saidBy() == SaidBy.COLLABORATION ? "the collaboration" : "the rules one by one";
        return readiness
                .further()
                .map(further ->
                        by + (further.isReady() ? "; additional analysis too" : "; additional analysis not ready"))
                .orElse(by);
    }

    private Section findings() {
        return new Section(
                "findings",
                "What else needs a look",
                "",
                new Grid(
                        List.of("about", "what", "what to do"),
                        report.findings().stream()
                                .map(one -> List.of(
                                        Cell.of(one.subject(), one.tone()), Cell.of(one.what()), Cell.of(one.next())))
                                .toList(),
                        state.unread().isEmpty()
                                ? "Nothing: no duplicates, no wrong names, no drift, no quota exceeded."
                                : "Nothing in what could be read."));
    }

    private Section changes(List<Change> changes) {
        return new Section(
                "changes",
                "What changed since the last report",
                state.earlier()
                        .orElse(Optional.empty())
                        .map(earlier -> "Compared with " + earlier.file() + ".")
                        .orElse(""),
                new Grid(
                        List.of("about", "change"),
                        changes.stream()
                                .map(change -> List.of(Cell.of(change.subject()), Cell.of(change.what())))
                                .toList(),
                        state.earlier()
                                .map(earlier -> earlier.isPresent()
                                        ? unchanged()
                                        : "There is no earlier report to compare with.")
                                .orElse("The earlier report could not be read.")));
    }

    private String unchanged() {
        return state.unread().isEmpty() ? "Nothing changed." : "Nothing changed in what could be read.";
    }

    private Section columns() {
        List<Bars.Bar> bars = report.tables().stream()
                .flatMap(table -> table.columns().stream())
                .map(quota -> new Bars.Bar(
                        quota.subject(),
                        quota.used(),
                        "%d of %d".formatted(quota.used(), quota.limit()),
                        quota.isExceeded() ? Tone.BAD : Tone.NEUTRAL))
                .toList();
        return new Section(
                "columns",
                "Which columns may be asked for",
                "A configured table lets at most %d columns through by default.".formatted(Quotas.COLUMNS_PER_TABLE),
                new Bars("Allowed columns by table", bars, OptionalDouble.of(Quotas.COLUMNS_PER_TABLE)),
                new Grid(
                        List.of(
                                "table",
                                "columns in the catalog",
                                "not allowed",
                                "allowed and gone",
                                "other type",
                                "partition keys not allowed"),
                        report.tables().stream().map(CollaborationPage::drift).toList(),
                        "No table."));
    }

    private static List<Cell> drift(TableReport table) {
        Cell count = table.state()
                .glue()
                .map(found -> found.map(glue -> Cell.of(glue.columns().size())).orElse(Cell.of("none", Tone.WARNING)))
                .orElse(Cell.of(Cells.UNREAD, Tone.UNKNOWN));
        Optional<ColumnDrift> drift = table.drift();
        return List.of(
                Cell.of(table.name()),
                count,
                names(drift, ColumnDrift::notAllowed, Tone.WARNING),
                names(drift, ColumnDrift::gone, Tone.BAD),
                names(drift, ColumnDrift::otherTypes, Tone.BAD),
                names(drift, ColumnDrift::partitionKeysNotAllowed, Tone.NEUTRAL));
    }

    private static Cell names(Optional<ColumnDrift> drift, Function<ColumnDrift, List<String>> part, Tone tone) {
        return drift.map(part)
                .map(names -> names.isEmpty() ? Cell.of("none") : Cell.of(Names.list(names), tone))
                .orElseGet(() -> Cell.of("cannot be told", Tone.UNKNOWN));
    }

    private Section quotas() {
        List<List<Cell>> rows = new ArrayList<>();
        report.quotas()
                .forEach(quota -> rows.add(List.of(
                        Cell.of(quota.what()),
                        Cell.of(quota.subject()),
                        Cell.of(quota.used(), quota.tone()),
                        Cell.of(quota.limit()),
                        Cell.of(quota.headroom()),
                        Cell.of(quota.isAdjustable() ? "yes" : "no"),
                        Cell.of(quota.source()),
                        Cell.of(quota.advice().orElse("")))));
        Quotas.unread(state).forEach(what -> rows.add(Cells.unreadRow(what, 7)));
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Grid(
                List.of("limit", "of", "used", "allowed", "left", "AWS raises it", "source", "note"),
                rows,
                "No use of any limit could be read."));
        state.associations()
                .value()
                .ifPresent(all -> blocks.add(
                        new Paragraph("For who plans queries: " + Quotas.tablesPerQuery(all) + ".", Tone.NEUTRAL)));
        return new Section(
                "quotas",
                "How much room is left",
                "The limits are AWS's defaults; an account for which AWS has raised one has more room than this says.",
                blocks);
    }

    private Section tables() {
        List<List<Cell>> rows = report.tables().stream()
                .map(table -> {
                    TableState found = table.state();
                    return List.of(
                            Cell.of(table.name()),
                            Cells.there(found.glue()),
                            Cells.there(found.configured()),
                            Cells.part(found.configured(), ConfiguredTable::analysisMethod),
                            Cells.there(found.rule()),
                            Cells.part(found.rule(), rule -> labels.describe(rule.allowedProviders())),
                            Cells.part(found.association(), Association::name),
                            Cells.there(found.associationRule()),
                            Cells.part(CollaborationJson.receivers(found).map(Optional::of), labels::describe));
                })
                .toList();
        return new Section(
                "tables",
                "How each table is set up",
                "",
                new Grid(
                        List.of(
                                "table",
                                "in the catalog",
                                "configured",
                                "method",
                                "analysis rule",
                                "who may ask",
                                "association",
                                "collaboration rule",
                                "who receives results"),
                        rows,
                        "No table."));
    }

    private Section rules() {
        List<String> headings = new ArrayList<>(List.of("table"));
        report.tables().stream()
                .findFirst()
                .ifPresent(first -> first.readiness().rules().forEach(rule -> headings.add(rule.name())));
        List<List<Cell>> rows = report.tables().stream()
                .map(table -> {
                    List<Cell> row = new ArrayList<>(List.of(Cell.of(table.name())));
                    table.readiness().rules().forEach(rule -> row.add(Cells.met(rule.met())));
                    return List.copyOf(row);
                })
                .toList();
        return new Section(
                "rules",
                "Readiness rule by rule",
                "What a table needs, looked at piece by piece, beside what the collaboration says itself.",
                new Grid(headings, rows, "No table."));
    }

    private Section accounts() {
        Map<String, Long> associated = new TreeMap<>(state.schemas().orElse(List.of()).stream()
                .collect(Collectors.groupingBy(SchemaSummary::creatorAccountId, Collectors.counting())));
        List<Bars.Bar> bars = associated.entrySet().stream()
                .map(entry -> new Bars.Bar(
                        labels.describe(entry.getKey()),
                        entry.getValue(),
                        "%d tables".formatted(entry.getValue()),
                        Tone.NEUTRAL))
                .toList();
        List<List<Cell>> members = state.members().orElse(List.of()).stream()
                .map(member -> List.of(
                        Cell.of(labels.describe(member.accountId())),
                        Cell.of(member.displayName()),
                        Cell.of(member.status()),
                        Cell.of(abilities(member))))
                .toList();
        Block tables = state.schemas().isKnown()
                ? new Bars("Tables in the collaboration by account", bars, OptionalDouble.empty())
                : new Paragraph("The tables of the collaboration could not be read.", Tone.UNKNOWN);
        return new Section(
                "accounts",
                "Whose tables and members there are",
                "",
                tables,
                new Grid(
                        List.of("account", "name", "status", "abilities"),
                        members,
                        state.members().isKnown() ? "No member." : "The members could not be read."),
                delivery());
    }

    private static String abilities(Member member) {
        return member.abilities().stream()
                .map(ability -> ability.toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private Paragraph delivery() {
        return state.membership()
                .map(membership -> membership
                        .delivery()
                        .map(to -> "Results go to s3://%s/%s as %s by default."
                                .formatted(to.bucket(), to.keyPrefix(), to.format()))
                        .orElse("No default place for results is configured."))
                .map(text -> new Paragraph(text, Tone.NEUTRAL))
                .orElse(new Paragraph("Where results go could not be read.", Tone.UNKNOWN));
    }
}
