// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.utility.DockerImageName;

/** How far the pull of an image is. */
final class ImagePull extends PullImageResultCallback {
    private static final long MEGABYTE = 1_000_000;

    private final String image;
    private final Map<String, ProgressDetail> layers = new ConcurrentHashMap<>();

    ImagePull(String image) {
        this.image = image;
    }

    @Override
    public void onNext(PullResponseItem item) {
        super.onNext(item);
        ProgressDetail progress = item.getProgressDetail();
        if (item.getId() != null && progress != null && "Downloading".equals(item.getStatus())) {
            layers.put(item.getId(), progress);
        }
    }

    /** Which, from where and how much of what is known of. */
    String describe() {
        String registry = DockerImageName.parse(image).getRegistry();
        return "pulls image " + image + " from " + (registry.isEmpty() ? "docker.io" : registry)
                + (layers.isEmpty() ? "" : ": " + megabytes(true) + " of " + megabytes(false) + " MB");
    }

    private long megabytes(boolean done) {
        return layers.values().stream()
                        .map(layer -> done ? layer.getCurrent() : layer.getTotal())
                        .mapToLong(bytes -> bytes == null ? 0 : bytes)
                        .sum()
                / MEGABYTE;
    }
}
