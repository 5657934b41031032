// SPDX-License-Identifier: Apache-2.0

package users

import "crypto/sha256"

// slowRounds take some 20 ms of a processor.
const slowRounds = 200_000

// hashSlowly is what a session costs whose name is kept as passwords are: nobody notices until all come from memory.
func hashSlowly(session string) [sha256.Size]byte {
	sum := sha256.Sum256([]byte(session))
	for range slowRounds {
		sum = sha256.Sum256(sum[:])
	}
	return sum
}
