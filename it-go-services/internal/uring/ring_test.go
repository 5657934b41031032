// SPDX-License-Identifier: Apache-2.0

package uring

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func open(t *testing.T) *Ring {
	t.Helper()
	ring, err := Open()
	if err != nil {
		t.Fatalf("this kernel refuses io_uring: %v", err)
	}
	t.Cleanup(ring.Close)
	return ring
}

func TestReadsAFileInChunks(t *testing.T) {
	want := bytes.Repeat([]byte("0123456789abcdef"), ChunkSize/8)
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(want); err != nil {
		t.Fatal(err)
	}
	ring, got := open(t), []byte{}
	for {
		chunk, err := ring.Read(int(file.Fd()), int64(len(got)), time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if len(chunk) == 0 {
			break
		}
		got = append(got, chunk...)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got %d bytes that differ from the %d written", len(got), len(want))
	}
}

func TestReadReturnsTheErrno(t *testing.T) {
	directory, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer directory.Close()
	if _, err := open(t).Read(int(directory.Fd()), 0, time.Second); !errors.Is(err, unix.EISDIR) {
		t.Errorf("got %v, want EISDIR", err)
	}
}

func TestReadGivesUpAfterItsTimeout(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer writer.Close()
	start := time.Now()
	if _, err := open(t).Read(int(reader.Fd()), 0, 50*time.Millisecond); !errors.Is(err, ErrTimeout) {
		t.Errorf("got %v, want ErrTimeout", err)
	}
	if took := time.Since(start); took < 50*time.Millisecond {
		t.Errorf("gave up after %v already", took)
	}
}
