// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * A page of a pod.
 *
 * @param path with its query, as it is asked for
 */
record HttpPage(boolean https, String host, int port, String path) {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** The page of the same host that an answer leads to; empty where there is none, or on another host. */
    Optional<HttpPage> redirected(HttpHead answer) throws IOException {
        if (!REDIRECTS.contains(answer.status()) || answer.location().isEmpty()) {
            return Optional.empty();
        }
        try {
            return of(base().resolve(new URI(answer.location())));
        } catch (URISyntaxException e) {
            throw new IOException("redirected to \"" + answer.location() + "\": " + e.getReason(), e);
        }
    }

    private URI base() throws URISyntaxException {
        return new URI(https ? "https" : "http", null, host, port, path.split("[?#]", 2)[0], null, null);
    }

    private Optional<HttpPage> of(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        if (!host.equals(uri.getHost()) || !(secure || "http".equalsIgnoreCase(uri.getScheme()))) {
            return Optional.empty();
        }
        int standard = secure ? 443 : 80;
        String plain = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return Optional.of(new HttpPage(secure, host, uri.getPort() < 0 ? standard : uri.getPort(), plain + query));
    }

    @Override
    public String toString() {
        return (https ? "https://" : "http://") + host + ":" + port + path;
    }
}
