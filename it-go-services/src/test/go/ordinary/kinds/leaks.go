// SPDX-License-Identifier: Apache-2.0

package kinds

import (
	"context"
	"io"
	"net/http"
	"time"
)

// failing calls impatiently, and does something to each failure.
func failing(host string, failed func()) Call {
	client := &http.Client{}
	return func(ctx context.Context) error {
		err := impatient(ctx, client, host)
		if err != nil {
			failed()
		}
		return err
	}
}

// leakSend is the classic: who asked has given up.
func leakSend(host string) Call {
	client := &http.Client{}
	return func(ctx context.Context) error {
		answers := make(chan error)
		go func() { answers <- Get(context.WithoutCancel(ctx), client, host) }()
		select {
		case err := <-answers:
			return err
		case <-time.After(patience):
			return errSlow
		}
	}
}

// leakLate hangs ten seconds after the failure.
func leakLate(host string) Call {
	return failing(host, func() {
		outcome := make(chan error)
		go func() {
			time.Sleep(10 * time.Second)
			outcome <- errSlow
		}()
	})
}

// leakLateTimer does so too, and there is no goroutine until then.
func leakLateTimer(host string) Call {
	return failing(host, func() {
		outcome := make(chan error)
		time.AfterFunc(10*time.Second, func() { outcome <- errSlow })
	})
}

// leakBody leaves the bodies of late answers open.
func leakBody(host string) Call {
	client := &http.Client{}
	return func(ctx context.Context) error {
		start := time.Now()
		response, err := client.Get("http://" + host + "/work")
		if err != nil {
			return err
		}
		if time.Since(start) > patience {
			return errSlow
		}
		defer response.Body.Close()
		_, err = io.Copy(io.Discard, response.Body)
		return err
	}
}

// leakClients makes a client for each call, whose connection is kept by nobody and closed by nobody.
func leakClients(host string) Call {
	return func(ctx context.Context) error {
		return Get(ctx, &http.Client{Transport: &http.Transport{}}, host)
	}
}
