package com.omc.flywheel.common.collaboration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.page.HtmlPage;
import com.omc.flywheel.common.report.ReportContent;
import java.util.List;
import java.util.Optional;

/** Writes a report in every form. */
public final class CollaborationContent {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CollaborationReport report;
    private final AccountLabels labels;
    private final List<Change> changes;

    /**
     * The forms of one report.
     *
     * @param labels what people call accounts
     */
    public CollaborationContent(CollaborationReport report, AccountLabels labels) {
        this.report = report;
        this.labels = labels;
        ObjectNode alone = new CollaborationJson(report).render(List.of());
        this.changes = report.state()
                .earlier()
                .orElse(Optional.empty())
                .map(before -> Changes.between(before.json(), alone))
                .orElse(List.of());
    }

    /** What changed since the earlier report. */
    public List<Change> changes() {
        return changes;
    }

    public ReportContent render() {
        return new ReportContent(
                json(new CollaborationJson(report).render(changes)),
                new CollaborationTables(report, labels).render(),
                HtmlPage.render(new CollaborationPage(report, labels).render(changes)));
    }

    private static String json(ObjectNode root) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of plain values is not JSON", e);
        }
    }
}
