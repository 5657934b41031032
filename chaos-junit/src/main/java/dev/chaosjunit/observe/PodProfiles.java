// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.observe.profile.Profile;
import dev.chaosjunit.observe.profile.ProfileKind;
import dev.chaosjunit.observe.profile.ProfileReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;

/** Takes profiles of one pod. */
public final class PodProfiles {
    private static final int LATE_MS = 5_000;
    private static final int SHOWN = 200;

    private final PprofHttp http;

    /**
     * A pod's pprof.
     *
     * @param address where its port is reached from here
     */
    public PodProfiles(InetSocketAddress address) {
        this.http = new PprofHttp(address);
    }

    /**
     * Take one.
     *
     * @param seconds how long, for a kind that is not of a moment; 1 or more
     * @throws IOException when there is none; its message says why, and from where
     */
    public Profile take(ProfileKind kind, long seconds) throws IOException {
        String path = kind.path(seconds);
        try {
            int timeout = Math.toIntExact(kind.isOfMoment() ? LATE_MS : seconds * 1_000 + LATE_MS);
            PprofHttp.Answer answer = http.get(path, timeout);
            if (answer.status() != HttpURLConnection.HTTP_OK) {
                throw new IOException("HTTP " + answer.status() + firstLine(answer));
            }
            Profile profile = read(answer.body().array());
            if (!kind.isOf(profile)) {
                throw new IOException("the answer is a profile of " + profile.types() + ", not of " + kind);
            }
            return profile;
        } catch (IOException e) {
            throw new IOException(http.url(path) + ": " + e.getMessage(), e);
        }
    }

    private static Profile read(byte[] body) throws IOException {
        try {
            return ProfileReader.read(body);
        } catch (IOException e) {
            throw new IOException("the answer is no profile (" + e.getMessage() + ")", e);
        }
    }

    private static String firstLine(PprofHttp.Answer answer) {
        return answer.text()
                .lines()
                .findFirst()
                .map(line -> ": " + line.substring(0, Math.min(line.length(), SHOWN)))
                .orElse("");
    }
}
