// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;

/**
 * The share of what it meets that a fault hits by chance. The helper tells of how many it drew, as {@code drawn}.
 *
 * @param asked as it was asked for
 * @param spread how much more the number of hits varies than if each were drawn by itself: 1 where it is. Hits that come in
 *     rows tell less of the share than as many that do not
 */
public record Share(Percent asked, double spread) {

    /** Each drawn by itself. */
    public Share(Percent asked) {
        this(asked, 1);
    }
}
