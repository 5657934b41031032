// SPDX-License-Identifier: Apache-2.0

// broken does not compile.
package main

func main() {
	nothing()
}
