// SPDX-License-Identifier: Apache-2.0

package files

import (
	"context"
	"errors"
	"os"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"golang.org/x/sys/unix"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/uring"
)

// completionTimeout is far above what a disk takes, and below what a caller waits for.
const completionTimeout = 400 * time.Millisecond

// ring is what a reader needs of an uring.Ring.
type ring interface {
	Read(fd int, offset int64, timeout time.Duration) ([]byte, error)
	Close()
}

// reader reads files through a ring of their own each, or by plain reads where a ring is refused.
type reader struct {
	open   func() (ring, error)
	habits fragile.Habits
	reads  metric.Int64Counter
	errors metric.Int64Counter
}

func newReader(habits fragile.Habits, meter metric.Meter) (*reader, error) {
	reads, err := meter.Int64Counter("files.reads", metric.WithDescription("Files read, by path: ring or blocking"))
	if err != nil {
		return nil, err
	}
	failed, err := meter.Int64Counter("files.errors", metric.WithDescription("Files that could not be read, by errno"))
	if err != nil {
		return nil, err
	}
	open := func() (ring, error) { return uring.Open() }
	return &reader{open: open, habits: habits, reads: reads, errors: failed}, nil
}

// read returns a file's bytes.
func (r *reader) read(ctx context.Context, path string) ([]byte, error) {
	way := "ring"
	content, err := r.readByRing(path)
	if refused := (*uring.RefusedError)(nil); errors.As(err, &refused) && !r.habits.NoFallback {
		way = "blocking"
		content, err = os.ReadFile(path)
	}
	if err != nil {
		r.errors.Add(ctx, 1, metric.WithAttributes(attribute.String("errno", errnoName(err))))
		return nil, err
	}
	r.reads.Add(ctx, 1, metric.WithAttributes(attribute.String("path", way)))
	return content, nil
}

func (r *reader) readByRing(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	ring, err := r.open()
	if err != nil {
		return nil, err
	}
	defer ring.Close()
	return r.readAll(ring, int(file.Fd()))
}

func (r *reader) readAll(ring ring, fd int) ([]byte, error) {
	timeout := completionTimeout
	if r.habits.NoCompletionTimeout {
		timeout = 0
	}
	var content []byte
	for {
		chunk, err := ring.Read(fd, int64(len(content)), timeout)
		if err != nil {
			return nil, err
		}
		if len(chunk) == 0 {
			return content, nil
		}
		content = append(content, chunk...)
	}
}

// errnoName is "EIO", "timeout" for a completion that did not come, "other" for the rest.
func errnoName(err error) string {
	var errno unix.Errno
	switch {
	case errors.Is(err, uring.ErrTimeout):
		return "timeout"
	case errors.As(err, &errno):
		return unix.ErrnoName(errno)
	}
	return "other"
}
