package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.arguments.Argument;
import java.time.Duration;

/** The arguments that every job has that publishes a data set. */
public record PublishArguments(
        @Argument(
                        help = "Write again what is published already with the same source, mapping and arguments.",
                        example = "true",
                        defaultValue = "false")
                boolean force,
        @Argument(
                        help =
                                "Files in the folders of these tables that no run of this program wrote are the version before, which this run replaces; without it they are an error.",
                        example = "true",
                        defaultValue = "false")
                boolean takeOver,
        @Argument(
                        help =
                                "Only finish or undo what a run before left unfinished; nothing of the source is read or written.",
                        example = "false",
                        defaultValue = "false")
                boolean recoverOnly,
        @Argument(
                        help =
                                "How many seconds a run may give no sign of life before another one takes its place; it gives five in that time.",
                        example = "300",
                        defaultValue = "300",
                        min = 1)
                int leaseSeconds) {

    public Duration timeToLive() {
        return Duration.ofSeconds(leaseSeconds);
    }
}
