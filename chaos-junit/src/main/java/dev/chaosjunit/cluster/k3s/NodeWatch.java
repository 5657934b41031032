// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.WaitResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sees a node end, and what of ours runs in it. Of Kubernetes' own programs nothing has to be watched: a node's container
 * ends with its containerd, its kubelet or its API server, and prints why.
 */
final class NodeWatch {
    /** A container's programs end a moment before it does: 0.1 s on a quiet machine, above 0.6 s on a busy one. */
    private static final long NODE_MILLIS = 2000;

    private final DockerClient docker;
    private final String container;
    private final String node;
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    /**
     * Watch nothing yet.
     *
     * @param node what the container is called in messages
     */
    NodeWatch(DockerClient docker, String container, String node) {
        this.docker = docker;
        this.container = container;
        this.node = node;
    }

    /**
     * Watch the container.
     *
     * @param lastWords what it printed last
     */
    void node(Supplier<String> lastWords) {
        docker.waitContainerCmd(container).exec(new ResultCallback.Adapter<WaitResponse>() {
            @Override
            public void onNext(WaitResponse response) {
                lost.complete("the " + node + " ended with exit code " + response.getStatusCode()
                        + "; it printed last:\n" + lastWords.get());
            }

            @Override
            public void onError(Throwable failure) {
                super.onError(failure);
                lost.complete("the " + node + " is gone, or its Docker Engine: " + failure.getMessage());
            }
        });
    }

    /** Watch something in it. */
    void process(String name, Process process) {
        var unused = process.onExit().thenAccept(ended -> {
            if (!isLost()) {
                lost.complete("in " + node + ", " + name + " ended" + exitCode(process));
            }
        });
    }

    /** Why a process of the node ended: with the node, or by itself. */
    String why(Process process) {
        return isLost() ? lost.join() : "it ended" + exitCode(process);
    }

    private boolean isLost() {
        try {
            lost.get(NODE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String exitCode(Process process) {
        try {
            return " with exit code " + process.exitValue();
        } catch (IllegalThreadStateException | DockerException e) {
            return "";
        }
    }

    /** Completes when the node, or something in it without which it is of no use, has ended, and says which. */
    CompletableFuture<String> lost() {
        return lost;
    }
}
