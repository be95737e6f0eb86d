package com.omc.flywheel.sequence.faults;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.sequence.faults.Faults.Moment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A {@link TinyRun} in a JVM of its own, which stands still at one of its writes and waits to be killed. */
final class StoppedRun {
    /** What the files of such a run hold. */
    static final String TEXT = "killed";

    private StoppedRun() {}

    /**
     * Starts it.
     *
     * @param kind the write, see {@link WriteKinds}
     * @param ordinal which of that kind, from 1
     */
    static ChildRun start(
            SmallLake lake, DataSet dataSet, Duration timeToLive, String kind, int ordinal, Moment moment) {
        return ChildRun.start(
                StoppedRun.class,
                List.of(
                        lake.endpoint().toString(),
                        SmallLake.ROOT.relativize(dataSet.root()),
                        timeToLive.toString(),
                        kind,
                        String.valueOf(ordinal),
                        moment.name()),
                Map.of());
    }

    public static void main(String[] arguments) {
        URI endpoint = URI.create(arguments[0]);
        DataSet dataSet = new DataSet(SmallLake.ROOT.resolve(arguments[1]));
        Calls kind = Calls.like(call -> WriteKinds.of(call, dataSet).equals(arguments[3]));
        Faults plan =
                Faults.none().stoppingAt(Calls.nth(Integer.parseInt(arguments[4]), kind), Moment.valueOf(arguments[5]));
        try (InstalledFaults faults = plan.install();
                S3ObjectStore store = SmallLake.connect(endpoint)) {
            TinyRun run = TinyRun.of(store, TestS3A.configuration(endpoint), dataSet, TEXT)
                    .at(TinyRun.SECOND_DAY)
                    .living(Duration.parse(arguments[2]));
            System.out.println("RUN " + run.id());
            run.publish();
            System.out.println("DONE after " + faults.writes().size() + " writes");
        }
    }
}
