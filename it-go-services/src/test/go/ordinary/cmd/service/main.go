// SPDX-License-Identifier: Apache-2.0

// Command service is an ordinary service of some kind.
package main

import "ordinary/kinds"

func main() {
	kinds.Serve()
}
