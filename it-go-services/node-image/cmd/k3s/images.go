// SPDX-License-Identifier: Apache-2.0

package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
)

// importImages hands the tarballs of images to containerd, the image's own and those that were copied in. Pods that
// ask for no other need no registry.
func importImages(programs *processes) error {
	var failed []error
	for _, dir := range []string{ownFiles + "/images", imagesDir} {
		for _, pattern := range []string{"*.tar", "*.tar.gz", "*.tgz", "*.tar.zst"} {
			tarballs, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil {
				return err
			}
			for _, tarball := range tarballs {
				if err := importImage(programs, tarball); err != nil {
					failed = append(failed, fmt.Errorf("cannot import the images of %s: %w", tarball, err))
				}
			}
		}
	}
	return errors.Join(failed...)
}

// containerd 1.6 does not unpack tarballs itself.
func importImage(programs *processes, tarball string) error {
	packed, err := os.Open(tarball)
	if err != nil {
		return err
	}
	defer packed.Close()
	images, err := decompress(packed)
	if err != nil {
		return err
	}
	defer images.Close()
	input, output, err := os.Pipe()
	if err != nil {
		return err
	}
	defer input.Close()
	copied := inBackground(func() error {
		_, err := io.Copy(output, images)
		return errors.Join(err, output.Close())
	})
	err = programs.run(input, "ctr", "images", "import", "-")
	input.Close() // if nobody read it to its end, the copying ends now
	if err != nil {
		return err
	}
	return <-copied
}

func decompress(tarball *os.File) (io.ReadCloser, error) {
	switch filepath.Ext(tarball.Name()) {
	case ".gz", ".tgz":
		return gzip.NewReader(tarball)
	case ".zst":
		reader, err := zstd.NewReader(tarball)
		if err != nil {
			return nil, err
		}
		return reader.IOReadCloser(), nil
	default:
		return tarball, nil
	}
}
