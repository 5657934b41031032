// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.nio.file.Path;

/**
 * An image of the manifests and the Go package it is built from.
 *
 * @param name the image's name in the manifests
 * @param main a Go package: a path such as {@code ./cmd/user-api}, or {@code module/path@version} to be fetched
 * @param directory where {@code go build} runs; not used for a versioned package
 */
public record GoImageSpec(String name, String main, Path directory) {}
