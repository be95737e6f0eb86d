import static io.trino.plugin.hive.util.HiveBucketing.BucketingVersion.BUCKETING_V1;
import static io.trino.spi.predicate.Utils.nativeValueToBlock;

import io.airlift.slice.Slices;
import io.trino.metastore.HiveType;
import io.trino.plugin.hive.util.HiveBucketing;
import io.trino.spi.Page;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;

/** Compares the buckets of hive-bucket-v1.csv with Trino's. */
class TrinoBuckets {
    private record Column(HiveType hiveType, Type type) {}

    public static void main(String[] arguments) throws Exception {
        List<String> hive = Files.readAllLines(Path.of(arguments[0]));
        int compared = 0;
        for (String line : hive.subList(1, hive.size())) {
            String[] fields = line.split(",", -1);
            Column column = column(fields[0]);
            Object value = Boolean.parseBoolean(fields[1]) ? null : value(fields[0], Base64.getDecoder().decode(fields[2]));
            Page page = new Page(nativeValueToBlock(column.type(), value));
            for (int buckets : new int[] {256, 16}) {
                int bucket = HiveBucketing.getHiveBucket(
                        BUCKETING_V1, buckets, List.of(column.hiveType().getTypeInfo()), page, 0);
                if (bucket != Integer.parseInt(fields[buckets == 256 ? 5 : 6])) {
                    throw new IllegalStateException("Hive and Trino differ: " + line + " but " + bucket);
                }
            }
            compared++;
        }
        System.out.println("Trino agrees with Hive about " + compared + " values");
    }

    private static Column column(String type) {
        return switch (type) {
            case "string" -> new Column(HiveType.HIVE_STRING, VarcharType.VARCHAR);
            case "bigint" -> new Column(HiveType.HIVE_LONG, BigintType.BIGINT);
            case "int" -> new Column(HiveType.HIVE_INT, IntegerType.INTEGER);
            case "date" -> new Column(HiveType.HIVE_DATE, DateType.DATE);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static Object value(String type, byte[] text) {
        return switch (type) {
            case "string" -> Slices.wrappedBuffer(text);
            case "bigint", "int" -> Long.valueOf(new String(text));
            case "date" -> LocalDate.parse(new String(text)).toEpochDay();
            default -> throw new IllegalArgumentException(type);
        };
    }
}
