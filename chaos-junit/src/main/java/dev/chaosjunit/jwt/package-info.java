// SPDX-License-Identifier: Apache-2.0
/** JSON Web Tokens that are not what they should be, made of one that is. */
@NullMarked
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
package dev.chaosjunit.jwt;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
