// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.report.Progress;
import dev.chaosjunit.result.Stage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Is told how far a run is. */
interface Listener extends AutoCloseable {

    /**
     * A stage begins, and the one before it is over.
     *
     * @param planned how long it takes; one that waits for something may take longer
     */
    void entered(Stage stage, Duration planned);

    /** The run is over. */
    @Override
    void close();

    /** Makes one for a run. */
    @FunctionalInterface
    interface Factory {

        /**
         * Begin to listen.
         *
         * @param experiment its id
         * @param figures how the load is doing, at any moment and from any thread
         */
        Listener listen(String experiment, Supplier<String> figures);
    }

    /** Prints lines while stages last. */
    static Factory printing(PrintStream out) {
        return (experiment, figures) -> {
            Progress progress = new Progress(experiment, out, figures);
            return new Listener() {
                @Override
                public void entered(Stage stage, Duration planned) {
                    progress.window(stage.toString(), planned);
                }

                @Override
                public void close() {
                    progress.close();
                }
            };
        };
    }
}
