package com.omc.flywheel.common.collaboration;

import static com.omc.flywheel.common.collaboration.KnownTable.ASKER;
import static com.omc.flywheel.common.collaboration.KnownTable.NAME;
import static com.omc.flywheel.common.collaboration.KnownTable.RECEIVER;
import static com.omc.flywheel.common.collaboration.KnownTable.absent;
import static com.omc.flywheel.common.collaboration.KnownTable.configured;
import static com.omc.flywheel.common.collaboration.KnownTable.found;
import static com.omc.flywheel.common.collaboration.KnownTable.rule;
import static com.omc.flywheel.common.collaboration.KnownTable.unread;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable.GlueTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTableSummary;
import com.omc.flywheel.common.cleanrooms.Membership;
import com.omc.flywheel.common.entityresolution.IdNamespace;
import com.omc.flywheel.common.entityresolution.SchemaMapping;
import com.omc.flywheel.common.entityresolution.SchemaMappingSummary;
import com.omc.flywheel.common.report.ReportContent;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollaborationTablesTest {
    private static final String TABLES =
            "collaboration_name,table_name,glue_exists,glue_column_count,glue_partition_keys,configured_table_exists,configured_table_id,configured_table_name,allowed_columns_count,analysis_method,analysis_rule_exists,Allowed Analyses for Query,association_exists,association_name,collaboration_rule_exists,in_collaboration,ready_for_analysis";
    private static final String IDENTITIES =
            "collaboration_name,id namespace,Id namespace method,source db,region,table,schema mapping,unique id,input field,matchkey";
    private static final IdNamespace.Source SOURCE =
            new IdNamespace.Source("arn:aws:glue:eu-west-1:111122223333:table/lake/part_ids_er", "IDS");
    private static final SchemaMapping MAPPING = new SchemaMapping(
            "IDS",
            "",
            Optional.empty(),
            Optional.empty(),
            true,
            List.of(
                    new SchemaMapping.Field("row_id", "UNIQUE_ID", "", ""),
                    new SchemaMapping.Field("customer_user_id", "PROVIDER_ID", "user", ""),
                    new SchemaMapping.Field("zip", "STRING", "", "")));

    private AccountLabels labels = AccountLabels.none();

    @Test
    void haveTheFilesAndColumnsOfTheReportsBefore() {
        List<ReportContent.Table> tables = new CollaborationTables(new KnownCollaboration().report(), labels).render();

        assertThat(tables)
                .containsExactly(
                        new ReportContent.Table("Tables", TABLES + "\r\n"),
                        new ReportContent.Table("IdentityResolution", IDENTITIES + "\r\n"));
    }

    @Test
    void haveALineForEachTable() {
        assertThat(lines(new KnownCollaboration()
                        .tables(
                                new KnownTable(),
                                new KnownTable().name("part_b").association(absent()))))
                .containsExactly(
                        "measurement,part_a,Yes,2,id_bucket,Yes,c-1,part_a,3,DIRECT_QUERY,Yes,4444-5555-6666,Yes,acx_part_a,Yes,Yes,Yes",
                        "measurement,part_b,Yes,2,id_bucket,Yes,c-1,part_a,3,DIRECT_QUERY,Yes,4444-5555-6666,No,N/A,Yes,No,No");
    }

    @Test
    void callAccountsAsPeopleDo() {
        InMemoryObjectStore store =
                InMemoryObjectStore.withBuckets("lake").put("s3://lake/labels.csv", "%s,asker\n".formatted(ASKER));
        labels = AccountLabels.read(store, S3Uri.parse("s3://lake/labels.csv"));

        assertThat(lines(new KnownCollaboration()
                        .tables(new KnownTable()
                                .rule(found(rule("CUSTOM", List.of("ANY_QUERY"), List.of(ASKER, RECEIVER)))))))
                .singleElement()
                .asString()
                .contains(",\"4444-5555-6666 (asker), 7777-8888-9999\",");
    }

    @Test
    void sayOfWhatIsNotThereThatItIsNot() {
        assertThat(lines(new KnownCollaboration()
                        .tables(new KnownTable()
                                .glue(absent())
                                .configured(absent())
                                .rule(absent())
                                .association(absent())
                                .associationRule(absent()))))
                .containsExactly("measurement,part_a,No,N/A,N/A,No,N/A,N/A,N/A,N/A,No,N/A,No,N/A,No,No,No");
    }

    @Test
    void neverCallMissingWhatIsUnread() {
        assertThat(lines(new KnownCollaboration()
                        .membership(unread())
                        .tables(new KnownTable()
                                .glue(unread())
                                .configured(unread())
                                .rule(unread())
                                .association(unread())
                                .associationRule(unread()))))
                .containsExactly("Not read,part_a" + ",Not read".repeat(15));
    }

    @Test
    void sayOfAConfiguredTableThatIsUnreadWhatTheListSays() {
        ConfiguredTable unread = ConfiguredTable.unread(new ConfiguredTableSummary("c-1", NAME, List.of("CUSTOM")));

        assertThat(lines(new KnownCollaboration().tables(new KnownTable().configured(found(unread)))))
                .singleElement()
                .asString()
                .contains(",Yes,c-1,part_a,Not read,Not read,Yes,");
    }

    @Test
    void holdNoFormulaOfAnybody() {
        Answer<Membership> membership =
                Answer.known(new Membership("m-1", "c", "=HYPERLINK(\"x\")", "ACTIVE", List.of(), Optional.empty()));
        ConfiguredTable configured = configured("c-1", "@SUM(1)", Optional.of(new GlueTable("lake", NAME)), "id");

        assertThat(lines(new KnownCollaboration()
                        .membership(membership)
                        .tables(new KnownTable().configured(found(configured)))))
                .singleElement()
                .asString()
                .startsWith("\"'=HYPERLINK(\"\"x\"\")\",")
                .contains(",'@SUM(1),");
    }

    @Test
    void haveALineForEachFieldOfAnIdNamespace() {
        assertThat(identities(new KnownCollaboration()
                        .idNamespaces(Answer.known(List.of(namespace("ids", List.of("RULE_BASED"), SOURCE))))
                        .schemaMappings(Answer.known(List.of(MAPPING)))))
                .containsExactly(
                        "measurement,ids,rule-based,lake,eu-west-1,part_ids_er,ids,row_id,customer_user_id,user",
                        "measurement,ids,rule-based,lake,eu-west-1,part_ids_er,ids,row_id,zip,N/A");
    }

    @Test
    void haveALineForEachNamespaceOfAnyName() {
        assertThat(identities(new KnownCollaboration()
                        .idNamespaces(Answer.known(List.of(
                                namespace("amc", List.of("PROVIDER")),
                                namespace("bare", List.of()),
                                namespace("unmapped", List.of(), SOURCE))))))
                .containsExactly(
                        "measurement,amc,provider,N/A,N/A,N/A,N/A,N/A,N/A,N/A",
                        "measurement,bare,rule-based,N/A,N/A,N/A,N/A,N/A,N/A,N/A",
                        "measurement,unmapped,rule-based,lake,eu-west-1,part_ids_er,ids,N/A,N/A,N/A");
    }

    @Test
    void neverCallMissingANamespaceOrAMappingThatIsUnread() {
        assertThat(identities(new KnownCollaboration().idNamespaces(unread())))
                .containsExactly("measurement" + ",Not read".repeat(9));
        assertThat(identities(new KnownCollaboration()
                        .idNamespaces(Answer.known(List.of(namespace("ids", List.of(), SOURCE))))
                        .schemaMappings(unread())))
                .containsExactly(
                        "measurement,ids,rule-based,lake,eu-west-1,part_ids_er,ids,Not read,Not read,Not read");
    }

    @Test
    void neverCallMissingWhatIsKnownFromAListAlone() {
        assertThat(identities(new KnownCollaboration()
                        .idNamespaces(Answer.known(
                                List.of(IdNamespace.unread("theirs"), namespace("ids", List.of("RULE_BASED"), SOURCE))))
                        .schemaMappings(
                                Answer.known(List.of(SchemaMapping.unread(new SchemaMappingSummary("IDS", true)))))))
                .containsExactly(
                        "measurement,theirs" + ",Not read".repeat(8),
                        "measurement,ids,rule-based,lake,eu-west-1,part_ids_er,ids,Not read,Not read,Not read");
    }

    private static IdNamespace namespace(String name, List<String> methods, IdNamespace.Source... sources) {
        return new IdNamespace(name, "", "SOURCE", "", "", List.of(sources), methods);
    }

    private List<String> lines(KnownCollaboration collaboration) {
        return lines(collaboration, 0);
    }

    private List<String> identities(KnownCollaboration collaboration) {
        return lines(collaboration, 1);
    }

    private List<String> lines(KnownCollaboration collaboration, int table) {
        return new CollaborationTables(collaboration.report(), labels)
                .render()
                .get(table)
                .csv()
                .lines()
                .skip(1)
                .toList();
    }
}
