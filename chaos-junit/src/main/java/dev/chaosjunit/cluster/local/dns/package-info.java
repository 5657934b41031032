// SPDX-License-Identifier: Apache-2.0
/** The names of Services, of their pods and of their ports, as the DNS server of a Kubernetes cluster has them. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.local.dns;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
