// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A hundred clients of giouring-server at once. */
final class GiouringCrowd {
    private static final int CLIENTS = 100;
    private static final int REQUESTS_OF_A_CONNECTION = 50;

    private GiouringCrowd() {}

    /** Each sends so many requests, one after the other, on one connection after the other; every answer is checked. */
    static void ask(String url, int requests) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.add(threads.submit(() -> {
                ask(url, number, requests);
                return null;
            }));
        }
        try {
            for (Future<?> client : clients) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a client: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** All of them at once, one request each. */
    static CompletableFuture<Void> begin(String url) {
        return CompletableFuture.runAsync(() -> {
            try {
                ask(url, 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void ask(String url, int client, int requests) throws Exception {
        for (int n = 0; n < requests; n += REQUESTS_OF_A_CONNECTION) {
            try (GiouringClient connection = new GiouringClient(url)) {
                for (int i = n; i < Math.min(requests, n + REQUESTS_OF_A_CONNECTION); i++) {
                    connection.checkNth(client, i);
                }
            }
            try (GiouringClient connection = new GiouringClient(url)) {
                connection.abandon();
            }
        }
    }
}
