// SPDX-License-Identifier: Apache-2.0

package files

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/metric/noop"
	"go.uber.org/goleak"
	"go.uber.org/zap"
	"golang.org/x/sys/unix"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/uring"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// broken is a ring whose reads fail. It remembers how long it was to wait.
type broken struct {
	err    error
	waited *time.Duration
}

func (b broken) Read(_ int, _ int64, timeout time.Duration) ([]byte, error) {
	if b.waited != nil {
		*b.waited = timeout
	}
	return nil, b.err
}

func (broken) Close() {}

func get(t *testing.T, habits fragile.Habits, open func() (ring, error), path string) *httptest.ResponseRecorder {
	t.Helper()
	directory := t.TempDir()
	if err := makeFiles(directory); err != nil {
		t.Fatal(err)
	}
	reader, err := newReader(habits, noop.Meter{})
	if err != nil {
		t.Fatal(err)
	}
	if open != nil {
		reader.open = open
	}
	answer := httptest.NewRecorder()
	newHandler(&handler{directory: directory, reader: reader, log: zap.NewNop()}).
		ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func refuse() (ring, error) {
	return nil, &uring.RefusedError{Call: "io_uring_setup", Errno: unix.ENOSYS}
}

func TestServesFilesThroughTheRing(t *testing.T) {
	for name, size := range sizes {
		answer := get(t, fragile.Habits{NoFallback: true}, nil, "/files/"+name)
		if answer.Code != http.StatusOK || answer.Body.Len() != size || !strings.HasPrefix(answer.Body.String(), name) {
			t.Errorf("%s: got status %d and %d bytes, want 200 and %d", name, answer.Code, answer.Body.Len(), size)
		}
	}
}

func TestFallsBackWhereARingIsRefused(t *testing.T) {
	if answer := get(t, fragile.Habits{}, refuse, "/files/small"); answer.Code != http.StatusOK {
		t.Errorf("got status %d, want 200", answer.Code)
	}
	if answer := get(t, fragile.Habits{NoFallback: true}, refuse, "/files/small"); answer.Code != 500 {
		t.Errorf("without the fallback: got status %d, want 500", answer.Code)
	}
}

func TestFallsBackWhereARingCannotBeEntered(t *testing.T) {
	busy := &uring.RefusedError{Call: "io_uring_enter", Errno: unix.EBUSY}
	answer := get(t, fragile.Habits{}, func() (ring, error) { return broken{err: busy}, nil }, "/files/small")
	if answer.Code != http.StatusOK || answer.Body.Len() != sizes["small"] {
		t.Errorf("got status %d and %d bytes, want 200 and %d", answer.Code, answer.Body.Len(), sizes["small"])
	}
}

func TestWaitsForACompletionNoLongerThanItsTimeout(t *testing.T) {
	for habits, want := range map[fragile.Habits]time.Duration{
		{}:                          completionTimeout,
		{NoCompletionTimeout: true}: 0,
	} {
		got := time.Duration(-1)
		get(t, habits, func() (ring, error) { return broken{uring.ErrTimeout, &got}, nil }, "/files/small")
		if got != want {
			t.Errorf("%+v: waits for %v, want %v", habits, got, want)
		}
	}
}

func TestNamesTheErrnoOfAFailedRead(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		name   string
	}{{unix.EIO, 500, "EIO"}, {unix.ENOSPC, 500, "ENOSPC"}, {uring.ErrTimeout, 504, "timeout"}} {
		answer := get(t, fragile.Habits{}, func() (ring, error) { return broken{err: c.err}, nil }, "/files/small")
		if answer.Code != c.status || !strings.Contains(answer.Body.String(), c.name) {
			t.Errorf("%v: got status %d, %s; want %d, %s", c.err, answer.Code, answer.Body, c.status, c.name)
		}
	}
}

func TestKnowsNoOtherFiles(t *testing.T) {
	for _, path := range []string{"/files/other", "/files/..%2f..%2fetc%2fpasswd", "/files/"} {
		if answer := get(t, fragile.Habits{}, nil, path); answer.Code != http.StatusNotFound {
			t.Errorf("%s: got status %d, want 404", path, answer.Code)
		}
	}
}
