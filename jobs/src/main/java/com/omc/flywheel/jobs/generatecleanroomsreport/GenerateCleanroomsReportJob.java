package com.omc.flywheel.jobs.generatecleanroomsreport;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.CatalogNames;
import com.omc.flywheel.common.cleanrooms.CleanRooms;
import com.omc.flywheel.common.collaboration.AccountLabels;
import com.omc.flywheel.common.collaboration.CollaborationContent;
import com.omc.flywheel.common.collaboration.CollaborationReader;
import com.omc.flywheel.common.collaboration.CollaborationReport;
import com.omc.flywheel.common.collaboration.CollaborationScope;
import com.omc.flywheel.common.collaboration.CollaborationState;
import com.omc.flywheel.common.collaboration.EarlierReport;
import com.omc.flywheel.common.collaboration.MembershipChoice;
import com.omc.flywheel.common.collaboration.Unread;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.report.ReportFiles;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the catalog, Clean Rooms and Entity Resolution what they say of the tables of a membership, judges it, and writes a
 * report of it for programs, spreadsheets and people. It changes nothing but the report's folder, and reads no table.
 */
public final class GenerateCleanroomsReportJob {
    private static final String NAME = "generate-cleanrooms-report";
    private static final int MOST_SHOWN = 20;

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            NAME,
            "reports which tables the members of a Clean Rooms collaboration can ask, what keeps the others from it, and what changed.",
            GenerateCleanroomsReportArguments.class,
            GenerateCleanroomsReportJob.class,
            GenerateCleanroomsReportJob::run);

    private GenerateCleanroomsReportJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(GenerateCleanroomsReportArguments arguments, JobContext context) {
        ObjectStore store = context.store();
        CleanRooms cleanRooms = context.services().cleanRooms();
        ReportFiles files = arguments.reportFiles(context);
        AccountLabels labels = arguments
                .accountLabels()
                .map(file -> AccountLabels.read(store, file))
                .orElseGet(AccountLabels::none);
        CollaborationScope scope = scope(arguments, cleanRooms);
        Optional<EarlierReport> named = arguments.compareWith().map(file -> EarlierReport.named(store, file));
        CollaborationState state = new CollaborationReader(
                        context.catalog(), cleanRooms, context.services().entityResolution(), context.progress(), scope)
                .read(() -> named.or(() -> EarlierReport.newest(store, files, scope)));
        CollaborationReport report = CollaborationReport.of(files.at(), scope, state);
        CollaborationContent content = new CollaborationContent(report, labels);
        List<S3Uri> written = files.write(arguments.output(), content.render());
        requireAllRead(state, written);
        return new GenerateCleanroomsReportSummary(report, content.changes(), written);
    }

    private static CollaborationScope scope(GenerateCleanroomsReportArguments arguments, CleanRooms cleanRooms) {
        Set<String> excluded = arguments.excludedTables().map(CatalogNames::names).orElse(Set.of()).stream()
                .map(CatalogName::value)
                .collect(Collectors.toSet());
        return new CollaborationScope(
                arguments.membershipId().orElseGet(() -> MembershipChoice.onlyActive(cleanRooms)),
                arguments.database(),
                arguments.tablePrefix(),
                arguments.associationPrefix(),
                excluded);
    }

    /** What fails for one table fails for all of them: the report has the rest. */
    private static List<String> shown(List<Unread> unread) {
        List<String> lines =
                unread.stream().limit(MOST_SHOWN).map(Unread::toString).collect(Collectors.toList());
        if (unread.size() > MOST_SHOWN) {
            lines.add("and %d more".formatted(unread.size() - MOST_SHOWN));
        }
        return lines;
    }

    private static void requireAllRead(CollaborationState state, List<S3Uri> written) {
        List<Unread> unread = state.unread();
        if (!unread.isEmpty()) {
            throw JobFailure.ofAll(
                    unread.get(0).failure().kind(),
                    "the report is written to %s, but %d questions got no answer, which it says in their place; mend what they say and start the job again:"
                            .formatted(written.get(written.size() - 1), unread.size()),
                    shown(unread));
        }
    }
}
