// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"path/filepath"
)

// importImages hands the tarballs of images to containerd, the image's own and those that were copied in. Pods that ask
// for no other need no registry.
func importImages(programs *processes) error {
	var failed []error
	for _, dir := range []string{ownFiles + "/images", imagesDir} {
		for _, pattern := range []string{"*.tar", "*.tar.gz", "*.tgz", "*.tar.zst"} {
			tarballs, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil {
				return err
			}
			for _, tarball := range tarballs {
				failed = append(failed, programs.run("ctr", "images", "import", tarball))
			}
		}
	}
	return errors.Join(failed...)
}
