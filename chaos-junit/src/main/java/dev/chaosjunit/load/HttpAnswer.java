// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;

/** What comes back from one request of HTTP. */
record HttpAnswer(Flight flight, Expected expected) implements FutureCallback<Message<HttpResponse, String>> {

    @Override
    public void completed(Message<HttpResponse, String> answer) {
        flight.answered(expected.fault(answer.getHead().getCode(), answer.getBody()));
    }

    @Override
    public void failed(Exception cause) {
        flight.failed(cause);
    }

    @Override
    public void cancelled() {
        flight.cancelled();
    }
}
